import { execFile } from 'node:child_process'
import { chown, mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { OperatorError } from '@worldloom/config'

const run = promisify(execFile)

export class EmbeddedServerError extends OperatorError {
  override readonly name = 'EmbeddedServerError'
}

/**
 * How PostgreSQL's programs are run: as the current user or, since they refuse to run as root, as an unprivileged
 * account.
 */
export interface Account {
  readonly ids: { readonly uid: number; readonly gid: number } | undefined
  run(program: string, args: readonly string[]): Promise<{ stdout: string; stderr: string }>
  own(file: string): Promise<void>
}

/**
 * @param directory where the database is or will be; an existing one determines the account
 * @param program one of PostgreSQL's programs, to see whether the account can reach it
 */
export async function accountFor(directory: string, program: string): Promise<Account> {
  if (process.getuid?.() !== 0) return account(undefined, [])
  const ids = (await ownerOf(directory)) ?? (await unprivilegedIds())
  await mkdir(path.dirname(directory), { recursive: true })
  const plain = account(ids, [])
  if (await canReach(plain, program, path.dirname(directory))) return plain

  // In a clone below a closed directory such as /root, keep the right to traverse it and no other privilege of root.
  const setpriv = [
    'setpriv',
    `--reuid=${ids.uid}`,
    `--regid=${ids.gid}`,
    '--clear-groups',
    '--inh-caps=-all,+dac_override,+dac_read_search',
    '--ambient-caps=+dac_override,+dac_read_search',
    // Without this, access(2), which PostgreSQL uses to find its own programs, would ignore that right.
    '--securebits=+no_setuid_fixup',
    '--bounding-set=-all,+dac_override,+dac_read_search',
  ]
  const passing = account(ids, setpriv)
  if (await canReach(passing, program, path.dirname(directory))) return passing
  throw new EmbeddedServerError(
    `PostgreSQL refuses to run as root, and the account it would run as (uid ${ids.uid}) cannot reach ` +
      `${program} or ${directory}. Run as an ordinary user, move the project out of a closed directory such as ` +
      '/root, or set DATABASE_URL.',
  )
}

function account(ids: Account['ids'], prefix: readonly string[]): Account {
  return {
    ids,
    run: (program, args) => {
      const [command = program, ...rest] = [...prefix, program, ...args]
      // Messages in English whatever the locale. The working directory may be closed to the account.
      const options = { env: { ...process.env, LC_ALL: 'C' }, cwd: '/', maxBuffer: 16 * 1024 * 1024 }
      return run(command, rest, ids && prefix.length === 0 ? { ...options, ...ids } : options)
    },
    own: async (file) => {
      if (ids) await chown(file, ids.uid, ids.gid)
    },
  }
}

async function canReach(candidate: Account, program: string, directory: string): Promise<boolean> {
  try {
    await candidate.run(program, ['--version'])
    await candidate.run('ls', ['-d', `${directory}/.`])
    return true
  } catch {
    // Whatever the reason, this way does not work. The caller tries the next one or explains.
    return false
  }
}

async function ownerOf(directory: string): Promise<Account['ids']> {
  try {
    const { uid, gid } = await stat(directory)
    return uid === 0 ? undefined : { uid, gid }
  } catch {
    return undefined
  }
}

async function unprivilegedIds(): Promise<{ uid: number; gid: number }> {
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
    } catch {
      // No such account here: try the next.
    }
  }
  throw new EmbeddedServerError(
    'PostgreSQL refuses to run as root, and there is neither a "postgres" nor a "nobody" account to run it as. ' +
      'Run as an ordinary user or set DATABASE_URL.',
  )
}
