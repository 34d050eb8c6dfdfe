import { createWorldloomClient, mirrorWorld, readError } from '@worldloom/client'
import { MirrorStore } from './mirrorStore.ts'

const { WORLDLOOM_URL: url, WORLDLOOM_API_KEY: apiKey } = process.env
const [name, file] = process.argv.slice(2)
if (!url || !apiKey || !name || !file) {
  console.error(
    'Usage: WORLDLOOM_URL=http://localhost:3000 WORLDLOOM_API_KEY=wl_… node src/main.ts "Name of the world" mirror.db',
  )
  process.exit(2)
}

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
const store = new MirrorStore(file)
try {
  const client = createWorldloomClient({ url, apiKey })
  const { id } = await client.world.byName.query({ name })
  await mirrorWorld(client, id, {
    since: store.position,
    signal: stop.signal,
    onChange: (page, isNew) => {
      store.apply(page, isNew)
      console.log(`${page.entries.length} taken over, ${page.gone.length} gone: ${store.size} entries`)
    },
  })
} catch (error) {
  console.error(readError(error).message)
  process.exitCode = 1
} finally {
  store.close()
}
