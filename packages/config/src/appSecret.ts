import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Config } from './load.ts'
import { OperatorError } from './operatorError.ts'

/**
 * APP_SECRET or, outside production, a secret that is generated at the first start and kept in DATA_DIR.
 *
 * @throws {OperatorError} if it can be neither read nor created
 */
export function resolveAppSecret(config: Pick<Config, 'APP_SECRET' | 'DATA_DIR' | 'NODE_ENV'>): string {
  if (config.APP_SECRET) return config.APP_SECRET
  if (config.NODE_ENV === 'production') throw new OperatorError('APP_SECRET is required in production.')
  const file = path.join(config.DATA_DIR, 'app-secret')
  try {
    return readSecret(file) ?? makeSecret(file)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new OperatorError(
      `The secret in ${file} cannot be kept: ${reason}. Set APP_SECRET, or let DATA_DIR be written.`,
    )
  }
}

function readSecret(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Two processes that start at once end up with the same secret: linking is atomic, and only one of them succeeds. */
function makeSecret(file: string): string {
  mkdirSync(path.dirname(file), { recursive: true })
  const own = `${file}.${randomBytes(6).toString('hex')}`
  writeFileSync(own, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600 })
  try {
    linkSync(own, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(own)
  }
  return readSecret(file) ?? ''
}
