import { createWorldloomClient, readError } from '@worldloom/client'
import { digestWorld } from './digest.ts'

const { WORLDLOOM_URL: url, WORLDLOOM_API_KEY: apiKey } = process.env
const name = process.argv[2]
if (!url || !apiKey || !name) {
  console.error(
    'Usage: WORLDLOOM_URL=http://localhost:3000 WORLDLOOM_API_KEY=wl_… node src/main.ts "Name of the world"',
  )
  process.exit(2)
}

try {
  const client = createWorldloomClient({ url, apiKey })
  console.log(await digestWorld(client, await client.world.byName.query({ name })))
} catch (error) {
  console.error(readError(error).message)
  process.exitCode = 1
}
