/** Worldloom in a separate process, for tests that run as in a browser. Prints its URL and a key. */
import { createTestApiKey, startTestWorldloom } from './index.ts'

const worldloom = await startTestWorldloom()
console.log(JSON.stringify({ url: worldloom.url, apiKey: await createTestApiKey(worldloom) }))
process.once('SIGTERM', async () => {
  await worldloom.close()
  process.exit()
})
