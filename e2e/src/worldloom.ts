import { fileURLToPath } from 'node:url'
import { startTestWorldloom as start, type TestWorldloom } from '@worldloom/server/testing'

export type { TestWorldloom }

const webDirectory = fileURLToPath(new URL('../../apps/web/dist', import.meta.url))

/** All of Worldloom with its built web app, on a database of its own. */
export function startTestWorldloom(settings: Record<string, string> = {}): Promise<TestWorldloom> {
  return start(settings, webDirectory)
}
