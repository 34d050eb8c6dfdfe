import { constants } from 'node:fs'
import { access, mkdir } from 'node:fs/promises'
import { ChangeListener, SigningKeys, verifyMailServer } from '@worldloom/auth'
import { endpointOf, missingSettings } from '@worldloom/chat'
import { type Config, loadConfig, resolveAppSecret } from '@worldloom/config'
import { type DatabaseHandle, explainToOperator, pendingMigrations, type ReplicaState, Replicas } from '@worldloom/db'
import { modelSettings } from '@worldloom/schema'
import { sql } from 'kysely'
import { lastBackup } from './backups/backup.ts'
import { root, withDatabase } from './openDatabase.ts'

/** The result of one check. */
export interface Finding {
  readonly about: string
  readonly state: 'good' | 'warning' | 'fault'
  readonly message: string
  /** What to do about it. */
  readonly remedy?: string
}

const minPostgresVersion = 150_000
const discoveryMilliseconds = 5000

/** Checks everything that can keep Worldloom from working, in the order it is needed. */
export async function diagnose(): Promise<Finding[]> {
  let config: Config
  try {
    config = loadConfig(root)
  } catch (error) {
    const remedy = 'Mend the settings named above; .env.example has every one.'
    return [{ about: 'configuration', state: 'fault', message: explainToOperator(error), remedy }]
  }
  const settings: Finding = {
    about: 'configuration',
    state: 'good',
    message: `${config.NODE_ENV}, ${config.PUBLIC_URL}`,
  }
  return [
    settings,
    await checkDirectory(config),
    await checkBackup(config),
    ...(await checkDatabase()),
    ...checkSignIn(config),
    ...(await Promise.all(config.oidcProviders.map(checkProvider))),
    await checkMail(config),
    await checkModel(config),
  ]
}

async function checkDirectory({ DATA_DIR: directory }: Config): Promise<Finding> {
  const about = 'data directory'
  try {
    await mkdir(directory, { recursive: true })
    await access(directory, constants.W_OK)
    return { about, state: 'good', message: `${directory} can be written` }
  } catch {
    const remedy = 'Give the account that runs Worldloom the right to write there, or set DATA_DIR.'
    return { about, state: 'fault', message: `${directory} cannot be written`, remedy }
  }
}

/** A backup that is older than this is missed when it is needed. Days. */
const oldBackup = 7

async function checkBackup({ DATABASE_URL, DATA_DIR }: Config): Promise<Finding> {
  const about = 'backup'
  if (DATABASE_URL) {
    return { about, state: 'good', message: 'left to whoever runs the PostgreSQL of DATABASE_URL' }
  }
  const last = await lastBackup(DATA_DIR)
  const remedy = 'Run worldloom backup regularly, such as every night by cron.'
  if (!last) return { about, state: 'warning', message: 'there is none yet', remedy }
  const days = Math.floor((Date.now() - last.finishedAt.getTime()) / 86_400_000)
  const message = `the last is ${days === 0 ? 'of today' : days === 1 ? 'a day old' : `${days} days old`} (${last.directory})`
  return days > oldBackup ? { about, state: 'warning', message, remedy } : { about, state: 'good', message }
}

async function checkDatabase(): Promise<Finding[]> {
  try {
    return await withDatabase(async (database, config, url) => [
      await checkVersion(database),
      await checkNotifications(database, url),
      await checkClock(database),
      ...(await checkReplicas(database, config)),
      ...(await checkLogArchive(database, config)),
      ...(await checkSchema(database, config)),
    ])
  } catch (error) {
    const remedy = 'See that PostgreSQL runs and DATABASE_URL names it, with the right user and password.'
    return [{ about: 'database', state: 'fault', message: explainToOperator(error), remedy }]
  }
}

async function checkVersion({ db }: DatabaseHandle): Promise<Finding> {
  const { rows } = await sql<{ number: number; text: string }>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as text`.execute(db)
  const { number = 0, text = '' } = rows[0] ?? {}
  if (number >= minPostgresVersion) return { about: 'database', state: 'good', message: `PostgreSQL ${text} answers` }
  const remedy = 'Use PostgreSQL 15 or later.'
  return { about: 'database', state: 'fault', message: `PostgreSQL ${text} is too old`, remedy }
}

/** Without them servers serve as well, but look up each session each time. */
async function checkNotifications({ db }: DatabaseHandle, databaseUrl: string): Promise<Finding> {
  const about = 'notifications'
  const listener = new ChangeListener({ databaseUrl, db })
  await listener.start()
  const { isListening } = listener
  await listener.close()
  if (isListening) return { about, state: 'good', message: 'what PostgreSQL notifies arrives' }
  const remedy = 'Behind a transaction pooler, set DATABASE_DIRECT_URL to the database itself.'
  return { about, state: 'warning', message: 'what PostgreSQL notifies does not arrive: nothing is cached', remedy }
}

/** A log that cannot be archived fills the disk. */
async function checkLogArchive({ db }: DatabaseHandle, config: Config): Promise<Finding[]> {
  if (config.DATABASE_URL || !config.LOG_ARCHIVE_DIR) return []
  const about = 'archived log'
  const { rows } = await sql<{ mode: string; file: string | null; failed: boolean }>`
    select current_setting('archive_mode') as mode, last_failed_wal as file,
      coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) as failed
    from pg_stat_archiver`.execute(db)
  const [seen] = rows
  if (seen?.mode === 'off') {
    const remedy = 'Start the server again: LOG_ARCHIVE_DIR was set after it started.'
    return [{ about, state: 'warning', message: 'the log is not archived yet', remedy }]
  }
  if (!seen?.failed) return [{ about, state: 'good', message: `in ${config.LOG_ARCHIVE_DIR}` }]
  const remedy = `See that there is room in ${config.LOG_ARCHIVE_DIR}, that it can be written to, and that gzip is there. Until then the log piles up beside the database.`
  return [{ about, state: 'fault', message: `${seen.file} cannot be archived`, remedy }]
}

async function checkReplicas({ db }: DatabaseHandle, { DATABASE_REPLICA_URLS: urls }: Config): Promise<Finding[]> {
  const reasons = new Map<string, string>()
  const replicas = new Replicas({
    primary: db,
    urls,
    connections: { poolSize: 1 },
    onChange: ({ name }, reason) => void (reason && reasons.set(name, reason)),
  })
  // Twice: how far one is behind shows in time.
  await replicas.check()
  await replicas.check()
  const states = replicas.status()
  await replicas.close()
  return states.map(({ name, state }) => {
    const about = `replica ${name}`
    if (state === 'serving') return { about, state: 'good', message: 'is at most a second behind' }
    const remedy = replicaRemedies[state]
    if (state === 'foreign') return { about, state: 'fault', message: 'is of another database', remedy }
    const reason = reasons.get(name)
    return { about, state: 'warning', message: `is left out: ${state}${reason ? ` (${reason})` : ''}`, remedy }
  })
}

const replicaRemedies: Readonly<Record<Exclude<ReplicaState, 'serving'>, string>> = {
  behind: 'See whether it receives the log (pg_stat_wal_receiver), and whether its disk keeps up.',
  unreachable: 'See that it runs, and that the address in DATABASE_REPLICA_URLS is right.',
  writable: 'It is no replica, or was made the primary: leave it out of DATABASE_REPLICA_URLS.',
  foreign: 'Correct the address in DATABASE_REPLICA_URLS: no server starts with it.',
  ahead: 'It has what the primary has lost in a failover. Set it up anew.',
}

async function checkClock({ db }: DatabaseHandle): Promise<Finding> {
  const before = Date.now()
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
  const after = Date.now()
  const seconds = ((rows[0]?.now.getTime() ?? 0) - (before + after) / 2) / 1000
  const message = `differs from the database’s by ${Math.abs(seconds).toFixed(1)} s`
  if (Math.abs(seconds) < 5) return { about: 'clock', state: 'good', message }
  const remedy = 'Set both by NTP: sessions and tokens end by the clock, and providers refuse more than a little.'
  return { about: 'clock', state: Math.abs(seconds) < 30 ? 'warning' : 'fault', message, remedy }
}

async function checkSchema({ db }: DatabaseHandle, config: Config): Promise<Finding[]> {
  const pending = await pendingMigrations(db)
  if (pending.length > 0) {
    const remedy = 'Run worldloom migrate; a server does it when it starts.'
    return [{ about: 'migrations', state: 'warning', message: `pending: ${pending.join(', ')}`, remedy }]
  }
  const migrations: Finding = { about: 'migrations', state: 'good', message: 'the database is up to date' }
  return [migrations, await checkKeys(db, config), await checkAdmins(db)]
}

async function checkKeys(db: DatabaseHandle['db'], config: Config): Promise<Finding> {
  const about = 'signing keys'
  const { count } = await db
    .selectFrom('signingKeys')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  if (Number(count) === 0) return { about, state: 'good', message: 'none yet; the server makes one when it starts' }
  try {
    const { kid } = await new SigningKeys(db, resolveAppSecret(config)).signingKey()
    return { about, state: 'good', message: `${kid} signs, ${count} in all` }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { about, state: 'fault', message, remedy: 'Set the APP_SECRET that was used before.' }
  }
}

async function checkAdmins(db: DatabaseHandle['db']): Promise<Finding> {
  const { count } = await db
    .selectFrom('userRoles')
    .innerJoin('roles', 'roles.id', 'userRoles.roleId')
    .innerJoin('users', 'users.id', 'userRoles.userId')
    .where('roles.name', '=', 'admin')
    .where('users.isActive', '=', true)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  if (Number(count) > 0) return { about: 'administrators', state: 'good', message: `${count} active` }
  const remedy = 'Run worldloom set-role <address> admin, or set BOOTSTRAP_ADMIN_EMAILS before they first sign in.'
  return { about: 'administrators', state: 'warning', message: 'there is none', remedy }
}

function checkSignIn(config: Config): Finding[] {
  const social = (['GOOGLE', 'GITHUB', 'ENTRA', 'FACEBOOK'] as const).filter((name) => config[`${name}_CLIENT_ID`])
  const ways = [
    ...config.oidcProviders.map(({ id }) => id),
    ...social.map((name) => name.toLowerCase()),
    ...(config.LOCAL_IDENTITY ? ['demo accounts'] : []),
    ...(config.PASSWORD_SIGN_IN ? ['password'] : []),
  ]
  if (ways.length > 0) return [{ about: 'sign-in', state: 'good', message: ways.join(', ') }]
  const remedy = 'Set OIDC_PROVIDERS, GOOGLE_CLIENT_ID and the like, or PASSWORD_SIGN_IN=true.'
  return [{ about: 'sign-in', state: 'fault', message: 'nobody can sign in', remedy }]
}

async function checkProvider({ id, issuer }: Config['oidcProviders'][number]): Promise<Finding> {
  const about = `provider ${id}`
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const variable = `OIDC_${id.toUpperCase()}_ISSUER`
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(discoveryMilliseconds) })
    if (!response.ok) throw new Error(`it answered ${response.status}`)
    const document: unknown = await response.json()
    const named =
      typeof document === 'object' && document !== null && 'issuer' in document ? document.issuer : undefined
    if (named !== issuer) throw new Error(`it names the issuer ${named}`)
    return { about, state: 'good', message: `${issuer} can be discovered` }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const remedy = `See that ${variable} is exactly the issuer, and that this machine can reach it.`
    return { about, state: 'fault', message: `${address}: ${reason}`, remedy }
  }
}

async function checkModel(config: Config): Promise<Finding> {
  const about = 'model'
  const missing = missingSettings(config)
  if (modelSettings.every((name) => config[name] === undefined)) {
    return { about, state: 'good', message: 'none is configured: there is no chat' }
  }
  if (missing.length > 0) {
    return { about, state: 'warning', message: 'there is no chat', remedy: `Set ${missing.join(' and ')}.` }
  }
  const { baseURL, apiKey, headers } = endpointOf(config)
  try {
    const response = await fetch(`${baseURL}/models`, {
      headers: { ...headers, ...(apiKey && { authorization: `Bearer ${apiKey}` }) },
      signal: AbortSignal.timeout(discoveryMilliseconds),
    })
    // Not every endpoint has that list. What matters is that it responds and accepts the key.
    if (response.status !== 401 && response.status !== 403) {
      return { about, state: 'good', message: `${config.OPENAI_MODEL} at ${new URL(baseURL).host}` }
    }
    const message = `${new URL(baseURL).host} refuses the key (${response.status})`
    return { about, state: 'fault', message, remedy: 'See that OPENAI_API_KEY is right.' }
  } catch {
    const message = `${baseURL} cannot be reached`
    return { about, state: 'fault', message, remedy: 'See that OPENAI_BASE_URL is right.' }
  }
}

async function checkMail({ SMTP_URL: url, PASSWORD_SIGN_IN: passwords }: Config): Promise<Finding> {
  const about = 'mail'
  if (!url) {
    const message = 'no SMTP_URL: nobody can reset a password by mail'
    return passwords
      ? { about, state: 'warning', message, remedy: 'Set SMTP_URL.' }
      : { about, state: 'good', message: 'not needed' }
  }
  try {
    await verifyMailServer(url)
    return { about, state: 'good', message: `${new URL(url).host} takes mails` }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { about, state: 'fault', message: `${new URL(url).host}: ${reason}`, remedy: 'See that SMTP_URL is right.' }
  }
}
