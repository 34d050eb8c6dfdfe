import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createUserWithPassword, operator } from '@worldloom/auth'
import { createDatabase } from '@worldloom/db'
import { afterAll, expect, test } from 'vitest'
import { startTestWorldloom } from './worldloom.ts'

const script = fileURLToPath(new URL('../../../docs/try-the-api.sh', import.meta.url))
const worldloom = await startTestWorldloom()
const { db, close } = createDatabase(worldloom.database.url)
afterAll(close)

test('docs/try-the-api.sh does with curl alone what it says', async () => {
  const person = { email: 'curl@example.com', displayName: 'Curl', password: 'four unrelated words', role: 'user' }
  await createUserWithPassword(db, operator, person)
  const env = { PATH: process.env.PATH, WORLDLOOM_EMAIL: person.email, WORLDLOOM_PASSWORD: person.password }
  const output = await new Promise<string>((resolve, reject) => {
    execFile('sh', [script, worldloom.url], { env }, (error, stdout, stderr) =>
      error ? reject(new Error(stdout + stderr)) : resolve(stdout),
    )
  })
  expect(output).toContain('"displayName":"Curl"')
  expect(output).toContain('Made by curl')
  expect(output.trim()).toMatch(/Done\.$/)
})
