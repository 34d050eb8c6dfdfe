import getPort, { portNumbers } from 'get-port'

/** A port on which nobody listens until the test does: not one of those that the system hands out to whoever asks next. */
export async function closedPort(): Promise<number> {
  const first = 20_000 + Math.floor(Math.random() * 10_000)
  return await getPort({ port: portNumbers(first, first + 100) })
}
