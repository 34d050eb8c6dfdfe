import { readFileSync } from 'node:fs'
import { anonymous, findRole } from '@worldloom/auth'
import { permissionNames, seededGrants, seededRoles } from '@worldloom/schema'
import { describe, expect, test } from 'vitest'
import { accessDocument, appRouter, listProcedures } from '../src/index.ts'
import { caller, person, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const procedures = listProcedures(appRouter)

/** Calls a procedure by its path without valid input. */
async function refusal(call: ReturnType<typeof caller>, path: string): Promise<string> {
  const procedure = path.split('.').reduce<unknown>((at, name) => Reflect.get(at as object, name), call) // routers, then a function
  try {
    await (procedure as (input: unknown) => Promise<unknown>)(undefined)
    return 'answered'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  }
}

describe('rule 27: nothing can be called that does not say by whom', () => {
  test('there are procedures, and every one declares its access', () => {
    expect(procedures.length).toBeGreaterThan(8)
    expect(procedures.filter(({ access }) => access === undefined)).toEqual([])
  })

  test('there is no way to make a procedure but the two that demand it', async () => {
    const exported = Object.keys(await import('../src/trpc.ts'))
    expect(exported.sort()).toEqual(['actorIn', 'procedure', 'publicProcedure', 'router', 'writerIn'])
    for (const { path } of procedures) {
      const [file] = path.split('.')
      const source = readFileSync(new URL(`../src/routers/${file}.ts`, import.meta.url), 'utf8')
      expect(source).not.toMatch(/initTRPC|\.procedure\b/)
    }
  })
})

/** The outcome for somebody new, of procedures that take no input. */
const withNothingThere: Readonly<Record<string, string>> = {
  'secondFactor.removeTotp': 'NOT_FOUND',
  'secondFactor.createRecoveryCodes': 'CONFLICT',
}

describe('rule 28: every procedure asks who calls before it looks at the input', () => {
  const guarded = procedures.filter(({ access }) => access?.credentials !== 'none')

  test.each(guarded)('$path refuses who is not signed in', async ({ path }) => {
    expect(await refusal(caller(db, anonymous), path)).toBe('UNAUTHORIZED')
  })

  const permitted = guarded.filter(({ access }) => access?.credentials !== 'none' && access?.permission)

  test('only demonstrations and the worked example ask for no permission', () => {
    const others = guarded.filter((entry) => !permitted.includes(entry)).map(({ path }) => path)
    expect(others).toEqual([
      ...['sessionOnly', 'bearerOnly', 'apiKeyOnly', 'eitherAuth', 'adminOnly'].map((name) => `examples.${name}`),
      'movies.byId',
      'movies.list',
    ])
  })

  test.each(permitted)(
    '$path refuses who lacks its permission, and lets in who has only that',
    async ({ path, access }) => {
      if (access?.credentials === 'none' || !access?.permission) throw new Error(`${path} declares no permission`)
      const without = await person(
        db,
        permissionNames.filter((name) => name !== access.permission),
      )
      expect(await refusal(without.call, path)).toBe('FORBIDDEN')
      const { call } = await person(db, [access.permission])
      // What takes no input gets further, and finds nothing.
      const outcome = withNothingThere[path] ?? 'BAD_REQUEST'
      expect(['answered', outcome]).toContain(await refusal(call, path))
    },
  )
})

test('the database has the permissions and roles that the code speaks of', async () => {
  const permissions = await db.selectFrom('permissions').select('name').orderBy('name').execute()
  expect(permissions.map(({ name }) => name)).toEqual(permissionNames.toSorted())
  const roles = await db.selectFrom('roles').select('name').orderBy('name').execute()
  expect(roles.map(({ name }) => name)).toEqual(seededRoles.toSorted())
  for (const role of seededRoles) {
    expect((await findRole(db, role)).permissions, role).toEqual(seededGrants[role].toSorted())
  }
})

test('docs/access.md says what the declarations say', () => {
  const file = readFileSync(new URL('../../../docs/access.md', import.meta.url), 'utf8')
  expect(file, 'run pnpm --filter @worldloom/api access:write').toBe(accessDocument())
})

test('every permission is asked for by a procedure', () => {
  // Giving an app access is asked for by a route, where the provider's cookie is sent (routes/authorization.ts).
  const byRoutes = 'grant:create'
  const byProcedures = procedures.map(({ access }) => access?.credentials !== 'none' && access?.permission)
  const asked = new Set([byRoutes, ...byProcedures])
  expect(permissionNames.filter((name) => !asked.has(name))).toEqual([])
})
