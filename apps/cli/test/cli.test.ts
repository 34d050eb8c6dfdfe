import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { AccessTokens, createSession, findUserGrants, SigningKeys } from '@worldloom/auth'
import { parseConfig, resolveAppSecret } from '@worldloom/config'
import { createDatabase } from '@worldloom/db'
import { openEmbeddedServer } from '@worldloom/db/embedded'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const dataDir = await mkdtemp(path.join(os.tmpdir(), 'worldloom-cli-'))
afterAll(() => rm(dataDir, { recursive: true, force: true }))

const migrationNames = (await readdir(new URL('../../../db/migrations', import.meta.url))).map((file) =>
  file.replace('.sql', ''),
)

interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  readonly output: string
}

function worldloom(args: string[], environment: Record<string, string> = {}, input = ''): Promise<Ran> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, DATA_DIR: dataDir, ...environment }
    const child = execFile(process.execPath, [main, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr, output: stdout + stderr }),
    )
    child.stdin?.end(input)
  })
}

test('migrate, seed and reset work on the embedded database, running or not', async () => {
  expect(await worldloom(['migrate', '--json'])).toMatchObject({
    code: 0,
    output: `${JSON.stringify({ applied: migrationNames })}\n`,
  })
  expect((await worldloom(['migrate'])).output).toContain('up to date')
  expect((await worldloom(['seed'])).output).toContain('Seeded Ada, Mira, Theo')
  const application = await openEmbeddedServer({ dataDir, as: 'own' })
  expect((await worldloom(['seed'])).output).toContain('nothing was changed')
  expect(await worldloom(['reset'])).toMatchObject({ code: 1, output: expect.stringContaining('use --yes') })
  expect(await worldloom(['reset', '--yes'])).toMatchObject({
    code: 0,
    output: expect.stringContaining('new and empty'),
  })
  expect(await worldloom(['seed', '--json'])).toMatchObject({ code: 0, output: '{"seeded":true}\n' })
  await application.release()
})

test('what was called wrongly, or cannot work, says how and why', async () => {
  expect(await worldloom(['migrat'])).toMatchObject({
    code: 2,
    output: expect.stringContaining('Did you mean migrate?'),
  })
  expect(await worldloom(['--help'])).toMatchObject({ code: 0, output: expect.stringContaining('Exit codes') })
  const unreachable = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }
  expect(await worldloom(['migrate'], unreachable)).toMatchObject({
    code: 1,
    output: expect.stringContaining('The database is unavailable'),
  })
  expect(await worldloom(['migrate'], { PORT: 'x' })).toMatchObject({
    code: 1,
    output: expect.stringContaining('PORT must be a number'),
  })
})

test('rule 38: neither demo people nor a reset in production', async () => {
  const production = {
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://worldloom.example',
    APP_SECRET: 'a secret that is long enough for tests',
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
  }
  for (const command of [['seed'], ['reset', '--yes']]) {
    const { code, output } = await worldloom(command, production)
    expect(code).toBe(1)
    expect(output).toMatch(/production/)
  }
})

describe('people and keys', () => {
  let server: Awaited<ReturnType<typeof openEmbeddedServer>>
  beforeAll(async () => {
    server = await openEmbeddedServer({ dataDir, as: 'own' })
  })
  afterAll(() => server.release())
  const ran = (args: string[], input?: string) => worldloom(args, {}, input)
  const password = 'four unrelated words here'

  test('create-user: the password from standard input, or, with a warning, an argument', async () => {
    await ran(['reset', '--yes'])
    const made = await ran(
      [
        'create-user',
        '--name',
        'Ada Okafor',
        '--email',
        'ada@example.com',
        '--role',
        'admin',
        '--password-stdin',
        '--json',
      ],
      `${password}\n`,
    )
    expect(made.code).toBe(0)
    expect(JSON.parse(made.stdout)).toMatchObject({ email: 'ada@example.com', role: 'admin', hasPassword: true })
    const warned = await ran(['create-user', '--name', 'Bo', '--email', 'bo@example.com', '--password', password])
    expect(warned.code).toBe(0)
    expect(warned.stderr).toContain('prefer --password-stdin')
    const without = await ran(['create-user', '--name', 'Cy', '--email', 'cy@example.com'])
    expect(without.stdout).toContain('without a password')
  })

  test.each([
    [['--name', 'X', '--email', 'ada@example.com'], 1, /email is already used/],
    [['--name', 'X', '--email', 'nonsense'], 1, /Must be an e-mail address/],
    [['--name', 'X', '--email', 'x@example.com', '--role', 'nobody'], 1, /No such role/],
    [['--name', 'X', '--email', 'x@example.com', '--password', 'short'], 1, /At least 12/],
    [['--name', 'X', '--email', 'x@example.com', '--password', 'qwertyuiop12'], 1, /first that are guessed/],
    [['--name', 'X', '--email', 'x@example.com', '--password', 'a', '--password-stdin'], 1, /not both/],
    [['--name', 'X'], 2, /--email/],
  ] as const)('create-user %j is refused', async (args, code, reason) => {
    const refused = await ran(['create-user', ...args])
    expect([refused.code, refused.stdout]).toEqual([code, ''])
    expect(refused.stderr).toMatch(reason)
  })

  test('set-password, for who forgot it where no mail is sent', async () => {
    const set = await ran(['set-password', 'cy@example.com', '--password-stdin', '--json'], 'another good password\n')
    expect(JSON.parse(set.stdout)).toMatchObject({ email: 'cy@example.com' })
    expect((await ran(['set-password', 'cy@example.com'])).stderr).toContain('No password given')
    expect((await ran(['set-password', 'cy@example.com', '--password-stdin'], 'qwertyuiop12')).stderr).toContain(
      'guessed',
    )
    const { db, close } = createDatabase(server.url)
    const rows = await db
      .selectFrom('passwordCredentials')
      .select(['hash', 'userId'])
      .where('email', '=', 'cy@example.com')
      .execute()
    // Who has lost their second factors as well.
    const userId = rows[0]?.userId ?? ''
    await db.insertInto('totpSecrets').values({ userId, sealedSecret: 'x', confirmedAt: new Date() }).execute()
    expect((await ran(['reset-second-factors', 'cy@example.com'])).stdout).toContain('no second factors any more')
    expect(await db.selectFrom('totpSecrets').selectAll().execute()).toEqual([])
    await close()
    expect(rows).toMatchObject([{ hash: expect.stringMatching(/^\$argon2id/) }])
  })

  test('set-role gives exactly these, and never leaves nobody in charge', async () => {
    expect((await ran(['set-role', 'bo@example.com', 'viewer', 'user', '--json'])).code).toBe(0)
    const last = await ran(['set-role', 'ada@example.com', 'user'])
    expect([last.code, last.stderr]).toEqual([1, expect.stringContaining('at least one administrator')])
    expect((await ran(['set-role', 'nobody@example.com', 'user'])).stderr).toContain('no user with the e-mail address')
    expect((await ran(['set-role', 'bo@example.com', 'king'])).stderr).toContain('No such role')
    const { db, close } = createDatabase(server.url)
    const held = await sql<{ name: string }>`
      select roles.name from user_roles join roles on roles.id = role_id join users on users.id = user_id
      where email = 'bo@example.com' order by 1`.execute(db)
    await close()
    expect(held.rows.map(({ name }) => name)).toEqual(['user', 'viewer'])
  })

  test('create-api-key prints the key alone, and it never exceeds its owner', async () => {
    const made = await ran([
      'create-api-key',
      '--owner',
      'bo@example.com',
      '--name',
      'nightly',
      '--permission',
      'world:read',
      '--expires',
      '90d',
    ])
    expect(made.stdout).toMatch(/^wl_[0-9A-Za-z]{46}\n$/)
    const json = await ran([
      'create-api-key',
      '--owner',
      'bo@example.com',
      '--name',
      'other',
      '--role',
      'user',
      '--json',
    ])
    expect(JSON.parse(json.stdout)).toMatchObject({
      key: expect.stringMatching(/^wl_/),
      roles: ['user'],
      expiresAt: null,
    })
    expect(
      (await ran(['create-api-key', '--owner', 'bo@example.com', '--name', 'x', '--permission', 'user:update'])).stderr,
    ).toContain('can’t grant permissions')
    expect((await ran(['create-api-key', '--owner', 'bo@example.com', '--name', 'x'])).stderr).toContain(
      'at least one --role',
    )
    expect(
      (await ran(['create-api-key', '--owner', 'bo@example.com', '--name', 'x', '--role', 'user', '--expires', 'soon']))
        .stderr,
    ).toContain('expiresAt')
  })

  test('rotate-keys, jwt verify and revoke-sessions', async () => {
    expect(JSON.parse((await ran(['rotate-keys', '--json'])).stdout)).toMatchObject({ kid: expect.any(String) })
    const { db, close } = createDatabase(server.url)
    const config = parseConfig({ DATA_DIR: dataDir }, '/')
    const keys = new SigningKeys(db, resolveAppSecret(config))
    const settings = { issuer: config.PUBLIC_URL, audience: config.PUBLIC_URL, lifetime: 60 }
    const { id: userId } = await db
      .selectFrom('users')
      .select('id')
      .where('email', '=', 'bo@example.com')
      .executeTakeFirstOrThrow()
    const device = { ipAddress: undefined, userAgent: undefined }
    const { sessionId } = await createSession(db, { idle: 60, absolute: 60 }, { userId, provider: 'test', device })
    const { token } = await new AccessTokens(keys, settings).issue(await findUserGrants(db, userId), sessionId)
    const verified = await ran(['jwt', 'verify', token, '--json'])
    expect(JSON.parse(verified.stdout)).toMatchObject({ sub: userId, email: 'bo@example.com' })
    expect((await ran(['jwt', 'verify'], `${token}\n`)).code).toBe(0)
    for (const bad of ['nonsense', `${token}x`]) expect((await ran(['jwt', 'verify', bad])).code).toBe(1)
    expect((await ran(['revoke-sessions', 'bo@example.com', '--json'])).stdout).toBe('{"revoked":1}\n')
    expect((await ran(['jwt', 'verify', token])).stderr).toContain('its session has ended')
    expect((await ran(['revoke-sessions'])).stderr).toContain('--everybody')
    expect((await ran(['revoke-sessions', '--everybody'])).stdout).toBe('0 sessions ended.\n')
    await ran(['rotate-keys', '--revoke'])
    expect((await ran(['jwt', 'verify', token])).stderr).toContain('unknown or has been revoked')
    // The operator's actions are in the log too.
    const events = await db.selectFrom('auditEvents').select(['action', 'actorKind']).execute()
    expect(events).toEqual(expect.arrayContaining([{ action: 'signingKey.rotate', actorKind: 'operator' }]))
    await close()
  })

  test('doctor finds what is at fault, and says what to do', async () => {
    const healthy = await ran(['doctor', '--json'])
    expect(healthy.code).toBe(0)
    const { findings } = JSON.parse(healthy.stdout)
    expect(findings.map(({ about }: { about: string }) => about)).toEqual(
      expect.arrayContaining([
        'configuration',
        'data directory',
        'database',
        'notifications',
        'clock',
        'migrations',
        'signing keys',
        'administrators',
        'sign-in',
        'mail',
        'model',
      ]),
    )
    const sick = await worldloom(['doctor'], {
      APP_SECRET: 'another secret that is long enough',
      OIDC_PROVIDERS: 'gone',
      OIDC_GONE_ISSUER: 'http://127.0.0.1:1',
      OIDC_GONE_CLIENT_ID: 'id',
      OIDC_GONE_CLIENT_SECRET: 'secret',
      OIDC_GONE_LABEL: 'Gone',
      SMTP_URL: 'smtp://127.0.0.1:1',
      OPENAI_MODEL: 'gone',
      OPENAI_BASE_URL: 'http://127.0.0.1:1/v1',
    })
    expect(sick.code).toBe(1)
    for (const sentence of [
      'Set the APP_SECRET that was used before',
      'OIDC_GONE_ISSUER is exactly',
      'See that SMTP_URL is right',
      'See that OPENAI_BASE_URL is right',
    ]) {
      expect(sick.stdout).toContain(sentence)
    }
    expect((await worldloom(['doctor'], { OPENAI_API_KEY: 'sk-alone' })).stdout).toContain('Set OPENAI_MODEL')
    expect((await worldloom(['doctor'], { PORT: 'x' })).stdout).toContain('PORT must be a number')
    expect((await worldloom(['doctor'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })).stdout).toContain(
      'See that PostgreSQL runs',
    )
  })
})

test('every command has a help that says what it takes', async () => {
  for (const command of [
    'create-user',
    'set-password',
    'reset-second-factors',
    'set-role',
    'create-api-key',
    'revoke-sessions',
    'rotate-keys',
    'doctor',
  ]) {
    const { code, stdout } = await worldloom([command, '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain('--json')
  }
  expect((await worldloom(['create-user', '--nonsense'])).code).toBe(2)
})
