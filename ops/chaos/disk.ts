import { execFileSync } from 'node:child_process'
import { mkdtemp, open, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

export interface SmallDisk {
  readonly directory: string
  /** Fills it until nothing more can be written. */
  fill(): Promise<void>
  /** Makes room again. */
  clear(): Promise<void>
  remove(): Promise<void>
}

const megabytes = 900

/** A disk in memory. @returns undefined where none can be mounted, which takes root */
export async function mountSmallDisk(): Promise<SmallDisk | undefined> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'worldloom-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'tmpfs', directory], {
      stdio: 'ignore',
    })
  } catch {
    await rm(directory, { recursive: true })
    return undefined
  }
  const filler = path.join(directory, 'filler')
  return {
    directory,
    fill: async () => {
      const file = await open(filler, 'w')
      try {
        const block = Buffer.alloc(1024 * 1024)
        for (;;) await file.write(block)
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
      } finally {
        await file.close()
      }
    },
    clear: () => rm(filler, { force: true }),
    remove: async () => {
      execFileSync('umount', [directory])
      await rm(directory, { recursive: true })
    },
  }
}
