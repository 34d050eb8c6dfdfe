import { readFileSync } from 'node:fs'
import { postmanCollection } from '@worldloom/api'
import { createDatabase } from '@worldloom/db'
import { permissionNames } from '@worldloom/schema'
import newman from 'newman'
import { afterAll, expect, test } from 'vitest'
import { person } from './access.ts'
import { startTestWorldloom } from './worldloom.ts'

const worldloom = await startTestWorldloom()
const { db, close } = createDatabase(worldloom.database.url)
afterAll(close)

const file = new URL('../../../docs/worldloom.postman_collection.json', import.meta.url)

test('the collection in docs/ is that of the API', () => {
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(postmanCollection())))
})

test('run from its beginning to its end, every request is answered as it says', async () => {
  const admin = await person(worldloom, db, 'admin')
  const { key } = await admin.client.apiKey.create.mutate({
    name: 'Postman',
    roles: ['admin'],
    permissions: [...permissionNames],
  })
  const summary = await new Promise<newman.NewmanRunSummary>((resolve, reject) => {
    newman.run(
      {
        collection: JSON.parse(readFileSync(file, 'utf8')),
        envVar: [
          { key: 'baseUrl', value: worldloom.url },
          { key: 'apiKey', value: key },
        ],
        reporters: [],
      },
      (error, run) => (error ? reject(error) : resolve(run)),
    )
  })
  const failures = summary.run.failures.map(({ source, error }) => `${source?.name}: ${error.message}`)
  expect(failures).toEqual([])
  expect(summary.run.stats.assertions.total).toBe(summary.run.stats.requests.total)
  expect(summary.run.stats.requests.total).toBeGreaterThan(200)
}, 180_000)
