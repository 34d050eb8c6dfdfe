import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'
import {
  type ConfigurationFault,
  type Environment,
  environmentSchema,
  faultsTogether,
  isLoopbackUrl,
  partialSchema,
  settingNotes,
  socialProviderNames,
} from './environment.ts'
import { type OidcProviderSettings, type RawEnvironment, readOidcProviders } from './oidcProviders.ts'
import { OperatorError } from './operatorError.ts'

export interface Config
  extends Omit<
    Environment,
    'PUBLIC_URL' | 'LOCAL_IDENTITY' | 'PASSWORD_SIGN_IN' | 'PASSWORD_SIGN_UP' | 'ACCESS_TOKEN_AUDIENCE'
  > {
  /** The origin people use, e.g. `https://worldloom.example.com`. */
  readonly PUBLIC_URL: string
  /** Absolute. */
  readonly DATA_DIR: string
  readonly LOCAL_IDENTITY: boolean
  readonly PASSWORD_SIGN_IN: boolean
  readonly PASSWORD_SIGN_UP: boolean
  readonly ACCESS_TOKEN_AUDIENCE: string
  readonly oidcProviders: readonly OidcProviderSettings[]
}

/** All problems with a configuration in one message, each with its variable and an example. */
export class ConfigurationError extends OperatorError {
  override readonly name = 'ConfigurationError'
}

/**
 * Reads `.env`, then `.env.<APP_ENV>`. The process's own environment overrides both.
 *
 * @param root the directory the files are in and DATA_DIR is relative to
 * @throws {ConfigurationError} naming every problem
 */
export function loadConfig(root: string, given: RawEnvironment = process.env): Config {
  const base = readEnvFile(path.join(root, '.env'))
  const appEnv = given.APP_ENV || base.APP_ENV
  const named = appEnv && /^[a-z0-9-]+$/.test(appEnv) ? readEnvFile(path.join(root, `.env.${appEnv}`)) : {}
  return parseConfig({ ...base, ...named, ...given }, root)
}

/** @throws {ConfigurationError} naming every problem */
export function parseConfig(raw: RawEnvironment, root: string): Config {
  // An empty value (`FOO=` in a file, a compose default) means "not set".
  const present = Object.fromEntries(Object.entries(raw).filter(([, value]) => value?.trim()))
  const parsed = environmentSchema.safeParse(present)
  const oidc = readOidcProviders(present)
  const faults: ConfigurationFault[] = (parsed.error?.issues ?? []).map((issue) => {
    const variable = String(issue.path[0])
    return { variable, message: issue.message, example: settingNotes(variable)?.example }
  })
  // Even if some are invalid, so that every problem is reported at once.
  const faulty = new Set(faults.map(({ variable }) => variable))
  const right = Object.fromEntries(Object.entries(present).filter(([name]) => !faulty.has(name)))
  const env = partialSchema.parse(right)
  faults.push(...faultsTogether(env, new Set(Object.keys(present))), ...oidc.faults)
  if (!parsed.success || faults.length > 0) throw new ConfigurationError(faultsMessage(faults, present))
  return toConfig(parsed.data, oidc.providers, root)
}

function toConfig(env: Environment, oidcProviders: readonly OidcProviderSettings[], root: string): Config {
  const publicUrl = env.PUBLIC_URL ?? `http://localhost:${env.PORT}`
  const providerCount = oidcProviders.length + socialProviderNames.filter((name) => env[`${name}_CLIENT_ID`]).length
  const isTrial = env.NODE_ENV !== 'production' && isLoopbackUrl(publicUrl)
  const passwordSignIn = isOn(env.PASSWORD_SIGN_IN, (isTrial && providerCount === 0) || env.PASSWORD_SIGN_UP === 'true')
  const provable = env.SMTP_URL !== undefined || (isTrial && env.ALLOWED_EMAIL_DOMAINS.length === 0)
  return {
    ...env,
    PUBLIC_URL: publicUrl,
    DATA_DIR: path.resolve(root, env.DATA_DIR),
    LOCAL_IDENTITY: isOn(env.LOCAL_IDENTITY, isTrial && providerCount === 0),
    PASSWORD_SIGN_IN: passwordSignIn,
    PASSWORD_SIGN_UP: passwordSignIn && isOn(env.PASSWORD_SIGN_UP, provable),
    ACCESS_TOKEN_AUDIENCE: env.ACCESS_TOKEN_AUDIENCE ?? publicUrl,
    oidcProviders,
  }
}

function isOn(given: 'true' | 'false' | undefined, fallback: boolean): boolean {
  return given === undefined ? fallback : given === 'true'
}

function faultsMessage(faults: readonly ConfigurationFault[], given: RawEnvironment): string {
  const lines = faults.map(({ variable, message, example }) => {
    const value = given[variable]
    const shown = value === undefined || settingNotes(variable)?.secret ? '' : ` (it is ${JSON.stringify(value)})`
    return `  ${variable} ${message}${shown}${example ? `\n      for example: ${variable}=${example}` : ''}`
  })
  const count = faults.length === 1 ? 'One setting is wrong. Set it' : `${faults.length} settings are wrong. Set them`
  return `${count} in the environment or in .env, then start again.\n${lines.join('\n')}`
}

function readEnvFile(file: string): RawEnvironment {
  try {
    return parseEnv(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw new ConfigurationError(`${file} could not be read: ${error instanceof Error ? error.message : error}`)
  }
}
