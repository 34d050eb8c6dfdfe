/** `pnpm start`: builds the web app if it has changed, then runs everything in this process. */
import { spawnSync } from 'node:child_process'

const build = spawnSync(
  'turbo',
  ['run', 'build', '--filter=@worldloom/web', '--output-logs=errors-only', '--ui=stream'],
  {
    encoding: 'utf8',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
    shell: process.platform === 'win32',
  },
)
if (build.error) {
  console.error(`Turbo could not be run (${build.error.message}). Start Worldloom with: npx -y pnpm@12 start`)
  process.exit(1)
}
if (build.status !== 0) {
  console.error(`${build.stdout ?? ''}${build.stderr ?? ''}\nThe web app could not be built; the reason is above.`)
  process.exit(build.status ?? 1)
}
await import('../apps/server/src/main.ts')
