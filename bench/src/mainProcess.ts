import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { freePort } from '@worldloom/db/testing'
import { appSecret } from './seed.ts'

/** Runs the server as `pnpm start` does, on an existing database. */
export async function startMain(databaseUrl: string, publicUrl: string, environment: Record<string, string>) {
  const port = await freePort()
  const main = fileURLToPath(import.meta.resolve('@worldloom/server').replace('index.ts', 'main.ts'))
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      PUBLIC_URL: publicUrl,
      APP_SECRET: appSecret,
      LOCAL_IDENTITY: 'false',
      LOG_LEVEL: 'error',
      API_POINTS_PER_MINUTE: '1000000000',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const isReady = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    return response?.status === 200
  }
  while (!(await isReady())) await new Promise((resolve) => setTimeout(resolve, 100))
  const ended = new Promise((resolve) => child.once('exit', resolve))
  return {
    port,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
