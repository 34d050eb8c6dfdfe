import { startTestServer } from './index.ts'

/** One PostgreSQL for the whole run, across packages. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.TEST_SERVER_URL) return async () => {}
  const server = await startTestServer()
  process.env.TEST_SERVER_URL = server.url
  return server.stop
}
