import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ConfigurationError, environmentExample, loadConfig, parseConfig, resolveAppSecret } from '../src/index.ts'

const root = '/srv/worldloom'

function faultsOf(raw: Record<string, string>): string {
  try {
    parseConfig(raw, root)
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message
    throw error
  }
  return ''
}

/** Removed after the test. */
function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'worldloom-config-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  return directory
}

describe('configuration', () => {
  test('nothing set is a working configuration for trying Worldloom out', () => {
    const config = parseConfig({}, root)
    expect(config).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 3000,
      PUBLIC_URL: 'http://localhost:3000',
      DATA_DIR: '/srv/worldloom/.data',
      LOCAL_IDENTITY: true,
      SESSION_IDLE_TIMEOUT: 14 * 86_400,
      BODY_LIMIT: 2 * 1024 * 1024,
    })
  })

  test('all faults come in one message, each with the variable, the fault and an example', () => {
    const message = faultsOf({ PORT: 'eighty', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://x', BODY_LIMIT: '1' })
    expect(message).toContain('4 settings are wrong')
    expect(message).toContain('PORT must be a number (it is "eighty")')
    expect(message).toContain('for example: PORT=3000')
    expect(message).toContain('LOG_LEVEL must be trace, debug, info, warn, error or silent')
    expect(message).toContain('BODY_LIMIT must be a number followed by kb or mb')
    expect(message).toContain('DATABASE_URL must start with postgres://')
  })

  test('what is wrong by itself and what is wrong together is told at once', () => {
    const message = faultsOf({ NODE_ENV: 'production', LOCAL_IDENTITY: 'true', PORT: 'x', PUBLIC_URL: 'nowhere' })
    expect(message).toContain('5 settings are wrong')
    expect(message).toContain('APP_SECRET is required in production')
    expect(message).toContain('PORT must be a number')
    expect(message).toContain('PUBLIC_URL must be an http(s) origin')
    expect(message).toContain('DATABASE_URL is required in production')
    expect(message).toContain('LOCAL_IDENTITY cannot be on with NODE_ENV=production')
  })

  test('a secret is never repeated in the message', () => {
    expect(faultsOf({ METRICS_TOKEN: 'short-secret' })).not.toContain('short-secret')
    expect(faultsOf({ DATABASE_URL: 'mysql://me:hunter2@x' })).not.toContain('hunter2')
  })

  test('an empty value means not set', () => {
    expect(parseConfig({ PORT: '', DATABASE_URL: ' ' }, root).PORT).toBe(3000)
  })

  test('WORKERS is a number of processes, or as many as there are cores', () => {
    expect(parseConfig({}, root).WORKERS).toBe(1)
    expect(parseConfig({ WORKERS: '3' }, root).WORKERS).toBe(3)
    expect(parseConfig({ WORKERS: 'auto' }, root).WORKERS).toBe(availableParallelism())
    for (const wrong of ['0', '-1', '1.5', 'many', '257']) {
      expect(faultsOf({ WORKERS: wrong })).toContain('WORKERS must be auto or a number from 1 to 256')
    }
  })

  test('DATABASE_DIRECT_URL says nothing without the pooler that it is beside', () => {
    expect(faultsOf({ DATABASE_DIRECT_URL: 'postgres://db/worldloom' })).toContain('DATABASE_URL is required')
  })

  test('rule 38: production refuses the local identity provider, and the embedded database', () => {
    const message = faultsOf({ NODE_ENV: 'production', LOCAL_IDENTITY: 'true' })
    for (const name of ['PUBLIC_URL', 'DATABASE_URL', 'LOCAL_IDENTITY', 'APP_SECRET']) {
      expect(message).toMatch(new RegExp(`^ {2}${name} `, 'm'))
    }
  })

  test('rule 38: the local identity provider is refused off loopback, and off by default there', () => {
    expect(faultsOf({ PUBLIC_URL: 'https://worlds.example.com', LOCAL_IDENTITY: 'true' })).toContain(
      'LOCAL_IDENTITY cannot be on with PUBLIC_URL=https://worlds.example.com',
    )
    expect(parseConfig({ PUBLIC_URL: 'https://worlds.example.com' }, root).LOCAL_IDENTITY).toBe(false)
    expect(parseConfig({ PUBLIC_URL: 'http://127.0.0.1:3000' }, root).LOCAL_IDENTITY).toBe(true)
  })

  test('rule 38: no secret that everybody knows', () => {
    for (const APP_SECRET of [
      'short',
      'the output of: openssl rand -base64 48',
      'changeme'.repeat(6),
      'x'.repeat(64),
    ]) {
      expect(faultsOf({ APP_SECRET })).toContain('APP_SECRET must be')
    }
    expect(faultsOf({ APP_SECRET: randomBytes(48).toString('base64') })).toBe('')
  })

  test('rule 38: outside production a secret is made, kept where only its owner reads it, and the same again', () => {
    const DATA_DIR = path.join(temporaryDirectory(), 'data')
    const made = resolveAppSecret(parseConfig({ DATA_DIR }, root))
    expect(made.length).toBeGreaterThanOrEqual(64)
    expect(resolveAppSecret(parseConfig({ DATA_DIR }, root))).toBe(made)
    expect(statSync(path.join(DATA_DIR, 'app-secret')).mode & 0o777).toBe(0o600)
    expect(readdirSync(DATA_DIR)).toEqual(['app-secret'])
    expect(() => resolveAppSecret({ ...parseConfig({ DATA_DIR }, root), NODE_ENV: 'production' })).toThrow('APP_SECRET')
  })

  test('passwords: on where nothing else is configured; signing up only where an address can be proved, or on trial', () => {
    const ways = (raw: Record<string, string>) => {
      const { PASSWORD_SIGN_IN, PASSWORD_SIGN_UP } = parseConfig(raw, root)
      return [PASSWORD_SIGN_IN, PASSWORD_SIGN_UP]
    }
    const google = { GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'secret' }
    expect(ways({})).toEqual([true, true])
    expect(ways(google)).toEqual([false, false])
    expect(ways({ PUBLIC_URL: 'https://worlds.example.com' })).toEqual([false, false])
    expect(ways({ PUBLIC_URL: 'https://worlds.example.com', PASSWORD_SIGN_IN: 'true' })).toEqual([true, false])
    expect(ways({ ...google, PASSWORD_SIGN_IN: 'true', SMTP_URL: 'smtp://mail' })).toEqual([true, true])
    expect(ways({ ALLOWED_EMAIL_DOMAINS: 'example.com' })).toEqual([true, false])
    expect(ways({ PASSWORD_SIGN_UP: 'false' })).toEqual([true, false])
    expect(faultsOf({ PASSWORD_SIGN_IN: 'false', PASSWORD_SIGN_UP: 'true' })).toContain('PASSWORD_SIGN_UP cannot be on')
  })

  test('a provider needs its id and its secret, and no name of ours', () => {
    expect(faultsOf({ GOOGLE_CLIENT_ID: 'id' })).toContain(
      'GOOGLE_CLIENT_SECRET is required because GOOGLE_CLIENT_ID is set',
    )
    expect(faultsOf({ FACEBOOK_CLIENT_SECRET: 's3cret' })).toContain('FACEBOOK_CLIENT_ID is required')
    expect(faultsOf({ FACEBOOK_CLIENT_SECRET: 's3cret' })).not.toContain('s3cret')
    expect(faultsOf({ ENTRA_TENANT: 'company.example' })).toContain('ENTRA_TENANT must be a tenant id')
    expect(faultsOf({ OIDC_PROVIDERS: 'google' })).toContain('must not name a provider "google"')
  })

  test('an OpenID provider needs all its settings; the missing ones are named', () => {
    const message = faultsOf({ OIDC_PROVIDERS: 'okta', OIDC_OKTA_ISSUER: 'company.okta.com' })
    expect(message).toContain('OIDC_OKTA_ISSUER must be the http(s) address of the issuer')
    expect(message).toContain('OIDC_OKTA_CLIENT_ID is required because OIDC_PROVIDERS names okta')
    expect(message).toContain('OIDC_OKTA_CLIENT_SECRET')
    const config = parseConfig(
      {
        OIDC_PROVIDERS: 'okta',
        OIDC_OKTA_ISSUER: 'https://company.okta.com',
        OIDC_OKTA_CLIENT_ID: 'id',
        OIDC_OKTA_CLIENT_SECRET: 's',
        OIDC_OKTA_LABEL: 'Company',
      },
      root,
    )
    expect(config.oidcProviders).toEqual([
      {
        id: 'okta',
        issuer: 'https://company.okta.com',
        clientId: 'id',
        clientSecret: 's',
        label: 'Company',
        scopes: ['openid', 'profile', 'email'],
        trustEmail: true,
      },
    ])
    expect(config.LOCAL_IDENTITY).toBe(false)
  })

  test('.env.<APP_ENV> wins over .env, the process environment over both', () => {
    const directory = temporaryDirectory()
    writeFileSync(path.join(directory, '.env'), 'APP_ENV=stage\nPORT=4000\nHOST=0.0.0.0\nLOG_LEVEL=warn\n')
    writeFileSync(path.join(directory, '.env.stage'), 'PORT=5000\nHOST=10.0.0.1\n')
    expect(loadConfig(directory, { HOST: '127.0.0.1' })).toMatchObject({
      PORT: 5000,
      HOST: '127.0.0.1',
      LOG_LEVEL: 'warn',
    })
  })

  test('.env.example is what the schema says', () => {
    const file = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8')
    expect(file).toBe(environmentExample())
  })
})
