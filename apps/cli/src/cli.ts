import { explainToOperator, toWorldloomError } from '@worldloom/db'
import { Command, CommanderError } from 'commander'
import pc from 'picocolors'

/** The commands by name. Only the one that is called is loaded, so that it starts twice as fast. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand(),
  seed: async () => (await import('./commands/seed.ts')).seedCommand(),
  reset: async () => (await import('./commands/reset.ts')).resetCommand(),
  'create-user': async () => (await import('./commands/createUser.ts')).createUserCommand(),
  'set-password': async () => (await import('./commands/setPassword.ts')).setPasswordCommand(),
  'reset-second-factors': async () => (await import('./commands/resetSecondFactors.ts')).resetSecondFactorsCommand(),
  'set-role': async () => (await import('./commands/setRole.ts')).setRoleCommand(),
  'create-api-key': async () => (await import('./commands/createApiKey.ts')).createApiKeyCommand(),
  'export-world': async () => (await import('./commands/exportWorld.ts')).exportWorldCommand(),
  'import-world': async () => (await import('./commands/importWorld.ts')).importWorldCommand(),
  backup: async () => (await import('./commands/backup.ts')).backupCommand(),
  restore: async () => (await import('./commands/restore.ts')).restoreCommand(),
  'revoke-sessions': async () => (await import('./commands/revokeSessions.ts')).revokeSessionsCommand(),
  'rotate-keys': async () => (await import('./commands/rotateKeys.ts')).rotateKeysCommand(),
  login: async () => (await import('./commands/login.ts')).loginCommand(),
  logout: async () => (await import('./commands/logout.ts')).logoutCommand(),
  api: async () => (await import('./commands/api.ts')).apiCommand(),
  jwt: async () => (await import('./commands/jwt.ts')).jwtCommand(),
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand(),
}

const program = new Command('worldloom')
  .description('Manage a Worldloom installation, and use one over its API.')
  .configureHelp({ showGlobalOptions: true })
  .addHelpText(
    'after',
    `
Commands use the database in DATABASE_URL or the embedded one in DATA_DIR, whether or not the server is running;
only login, logout and api go to a server, as somebody with an account there.
Settings come from the environment and .env, as for the server. Results go to standard output, everything else to
standard error; --json prints results for programs.

Exit codes: 0 success, 1 failure, 2 wrong usage.

Examples:
  $ worldloom create-user --name "Ada Okafor" --email ada@example.com --role admin
  $ echo "$PASSWORD" | worldloom create-user --name Ci --email ci@example.com --password-stdin
  $ worldloom create-api-key --owner ada@example.com --name nightly --permission world:read --expires 90d
  $ worldloom export-world "The Iron Coast" --owner mira@example.com
  $ worldloom import-world "The Iron Coast.worldloom" --owner ada@example.com --ids new
  $ worldloom backup /var/backups/worldloom
  $ worldloom login https://worlds.example.com
  $ worldloom api /worlds
  $ worldloom doctor`,
  )

const called = commands[process.argv[2] ?? '']
// Help, and suggestions for a misspelled name, need all of them.
for (const load of called ? [called] : Object.values(commands)) program.addCommand(await load())
for (const command of [program, ...program.commands.flatMap((child) => [child, ...child.commands])]) {
  command.exitOverride().showHelpAfterError('(--help says more)')
}

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else {
    console.error(`${pc.red('That failed.')} ${toWorldloomError(error)?.message ?? explainToOperator(error)}`)
    process.exitCode = 1
  }
}
