import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface BenchedProcess {
  readonly pid: number
  readonly port: number
  stop(): void
}

/** Runs a server in a separate process, which reports its port. Its log is discarded. */
export async function startProcess(file: string, environment: Record<string, string>): Promise<BenchedProcess> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [port] = await once(child, 'message')
  return { pid: child.pid ?? 0, port, stop: () => child.kill('SIGKILL') }
}
