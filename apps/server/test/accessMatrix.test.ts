import { readFileSync } from 'node:fs'
import { accessRows } from '@worldloom/api'
import { createDatabase } from '@worldloom/db'
import { seededGrants, seededRoles } from '@worldloom/schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessToken, person } from './access.ts'
import { startTestWorldloom } from './worldloom.ts'

const worldloom = await startTestWorldloom()
const { db, close } = createDatabase(worldloom.database.url)
afterAll(close)

/** Checks the same table that people read. */
const rows = accessRows(readFileSync(new URL('../../../docs/access.md', import.meta.url), 'utf8'))

const credentials = ['session', 'bearer', 'API key', 'API key without permissions'] as const
type Role = (typeof seededRoles)[number]

/** The headers of each kind of principal. Each is a separate person, as some calls end sessions. */
const headers = new Map<string, Record<string, string>>()

beforeAll(async () => {
  for (const role of seededRoles) {
    for (const credential of credentials) headers.set(`${role} ${credential}`, await headersOf(role, credential))
  }
  headers.set('anonymous', {})
}, 120_000)

async function headersOf(role: Role, credential: (typeof credentials)[number]): Promise<Record<string, string>> {
  const somebody = await person(worldloom, db, role)
  if (credential === 'session')
    return { cookie: `worldloom_session=${somebody.browser.cookies.get('worldloom_session')}` }
  if (credential === 'bearer') return { authorization: `Bearer ${await accessToken(somebody)}` }
  const grants = credential === 'API key' ? { roles: [role], permissions: [...seededGrants[role]] } : {}
  const { key } = await somebody.client.apiKey.create.mutate({ name: 'Matrix', ...grants })
  return { 'x-api-key': key }
}

/** Calls a procedure over HTTP without valid input, as access is refused before the input is read. */
async function statusOf(path: string, isRead: boolean, principal: string): Promise<number> {
  const sent = headers.get(principal)
  if (!sent) throw new Error(`nobody is prepared as ${principal}`)
  const response = await fetch(`${worldloom.url}/trpc/${path}`, {
    method: isRead ? 'GET' : 'POST',
    headers: { ...sent, ...(!isRead && { 'content-type': 'application/json' }) },
    ...(!isRead && { body: '{"nonsense":true}' }),
  })
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) return await statusIn(response)
  await response.body?.cancel()
  return response.status
}

/** tRPC tells a subscription's refusals in the stream, as browsers do not show the responses that end one. */
async function statusIn(response: Response): Promise<number> {
  const [, data = ''] = /event: serialized-error\ndata: (.*)\n/.exec(await response.text()) ?? []
  const { data: error } = JSON.parse(data) as { data: { httpStatus: number } } // our error formatter's
  return error.httpStatus
}

function expected(row: (typeof rows)[number], role: Role, credential: (typeof credentials)[number]): 'let in' | 403 {
  const asKey = credential.startsWith('API key')
  if (row.needs === 'nothing') return 'let in'
  if (row[asKey ? 'API key' : (credential as 'session' | 'bearer')] !== 'yes') return 403
  if (credential === 'API key without permissions' && row.needs !== 'to be known') return 403
  return row[role] === 'yes' ? 'let in' : 403
}

test('the table has every kind of access in it', () => {
  expect(rows.length).toBeGreaterThan(40)
  expect(new Set(rows.map(({ needs }) => needs)).size).toBeGreaterThan(20)
})

describe('rule 28: every procedure, called as everybody, does as the table says', () => {
  test.each(rows.map((row) => [row.procedure.replaceAll('`', ''), row] as const))('%s', async (path, row) => {
    const isRead = row.does !== 'writes'
    const anonymous = await statusOf(path, isRead, 'anonymous')
    if (row.anonymous === 'yes') expect(anonymous, 'anonymous').toBeLessThan(401)
    else expect(anonymous, 'anonymous').toBe(401)
    for (const role of seededRoles) {
      for (const credential of credentials) {
        const status = await statusOf(path, isRead, `${role} ${credential}`)
        const told = status === 401 || status === 403 ? status : status < 500 ? 'let in' : status
        expect(told, `${role} by ${credential} was answered ${status}`).toBe(expected(row, role, credential))
      }
    }
  })
})
