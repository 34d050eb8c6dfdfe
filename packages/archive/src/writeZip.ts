import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'

/**
 * The same date for every file, so that zips of the same world are identical byte by byte. The format has local time, and
 * this is its earliest date in any zone.
 */
export const zipOptions = { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true } as const

/** Writes a zip: completely or not at all. @param fill adds its files */
export async function writeZip(target: string, fill: (zip: ZipFile) => Promise<void>): Promise<void> {
  const zip = new ZipFile()
  const unfinished = `${target}.part`
  const written = pipeline(zip.outputStream, createWriteStream(unfinished, { mode: 0o600 }))
  const failed = new Promise<never>((_, reject) => zip.on('error', reject))
  const filling = async () => {
    await fill(zip)
    zip.end()
  }
  try {
    await Promise.race([Promise.all([filling(), written]), failed])
    await rename(unfinished, target)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}
