import getPort, { portNumbers } from 'get-port'

/**
 * A port on which nobody listens until the test does. Not one of those that systems hand out for connections (from 32,768 on Linux, 49,152
 * elsewhere): a test run opens thousands of these, and one of them takes the port before a server has started.
 */
export async function freePort(): Promise<number> {
  const first = 20_000 + Math.floor(Math.random() * 12_000)
  return await getPort({ port: portNumbers(first, first + 100) })
}
