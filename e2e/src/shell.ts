/** How pnpm is called: as it was for this run, or from npm where it was not. */
export function pnpmCommand(): readonly [command: string, ...args: string[]] {
  const running = process.env.npm_execpath
  if (!running?.includes('pnpm')) return ['npx', '-y', 'pnpm@12']
  // A script in some versions, a program in others.
  return /\.[cm]?js$/.test(running) ? [process.execPath, running] : [running]
}

/** The environment of a shell, not that of a test or of the script that runs it. */
export function shellEnvironment(): Record<string, string | undefined> {
  const own = /^(VITEST|TEST_SERVER_URL$|NODE_ENV$|TEST$|DEV$|PROD$|MODE$|npm_(package|lifecycle|command|execpath))/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)))
}
