/** The command for pnpm: the one that started this run, or npx. */
export function pnpmCommand(): readonly [command: string, ...args: string[]] {
  const running = process.env.npm_execpath
  if (!running?.includes('pnpm')) return ['npx', '-y', 'pnpm@12']
  // A script in some versions, an executable in others.
  return /\.[cm]?js$/.test(running) ? [process.execPath, running] : [running]
}

/** The environment of a shell, without what the test runner and pnpm add. */
export function shellEnvironment(): Record<string, string | undefined> {
  const own = /^(VITEST|TEST_SERVER_URL$|NODE_ENV$|TEST$|DEV$|PROD$|MODE$|npm_(package|lifecycle|command|execpath))/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)))
}
