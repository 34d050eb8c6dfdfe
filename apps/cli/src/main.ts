import { explainToOperator, toWorldloomError } from '@worldloom/db'
import { Command, CommanderError } from 'commander'
import pc from 'picocolors'
import { createApiKeyCommand } from './commands/createApiKey.ts'
import { createUserCommand } from './commands/createUser.ts'
import { doctorCommand } from './commands/doctor.ts'
import { exportWorldCommand } from './commands/exportWorld.ts'
import { importWorldCommand } from './commands/importWorld.ts'
import { jwtCommand } from './commands/jwt.ts'
import { migrateCommand } from './commands/migrate.ts'
import { resetCommand } from './commands/reset.ts'
import { revokeSessionsCommand } from './commands/revokeSessions.ts'
import { rotateKeysCommand } from './commands/rotateKeys.ts'
import { seedCommand } from './commands/seed.ts'
import { setPasswordCommand } from './commands/setPassword.ts'
import { setRoleCommand } from './commands/setRole.ts'

const commands = [
  migrateCommand,
  seedCommand,
  resetCommand,
  createUserCommand,
  setPasswordCommand,
  setRoleCommand,
  createApiKeyCommand,
  exportWorldCommand,
  importWorldCommand,
  revokeSessionsCommand,
  rotateKeysCommand,
  jwtCommand,
  doctorCommand,
]

const program = new Command('worldloom')
  .description('Operates a Worldloom: its database, the people in it, their keys.')
  .configureHelp({ showGlobalOptions: true })
  .addHelpText(
    'after',
    `
Every command uses the database of DATABASE_URL, or the embedded one in DATA_DIR, running or not. Settings come
from the environment and .env, as the server's do. What was asked for goes to standard output, everything else to
standard error; --json makes the first something that programs read.

Exit codes: 0 done, 1 it failed, 2 it was called wrongly.

Examples:
  $ worldloom create-user --name "Ada Okafor" --email ada@example.com --role admin
  $ echo "$PASSWORD" | worldloom create-user --name Ci --email ci@example.com --password-stdin
  $ worldloom create-api-key --owner ada@example.com --name nightly --permission world:read --expires 90d
  $ worldloom export-world "The Iron Coast" --owner mira@example.com
  $ worldloom import-world "The Iron Coast.worldloom" --owner ada@example.com --ids new
  $ worldloom doctor`,
  )

for (const make of commands) program.addCommand(make())
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
