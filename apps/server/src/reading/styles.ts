import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const manifestSchema = z.record(z.string(), z.object({ file: z.string() }))

interface Styles {
  readonly modifiedAt: number
  readonly css: string
  readonly hash: string
}

/** The styles of the reading side, as the web app's build made them. */
export class ReadingStyles {
  readonly #directory: string
  #styles: Styles | undefined

  /** @param directory the built web app */
  constructor(directory: string) {
    this.#directory = directory
  }

  /** @returns undefined in development, where Vite serves them */
  read(): Styles | undefined {
    const manifestFile = path.join(this.#directory, '.vite', 'manifest.json')
    if (!existsSync(manifestFile)) return undefined
    const modifiedAt = statSync(manifestFile).mtimeMs
    if (this.#styles?.modifiedAt === modifiedAt) return this.#styles
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(manifestFile, 'utf8')))
    const file = manifest['src/reading.css']?.file
    if (!file) throw new Error('the build of the web app has no src/reading.css')
    const css = readFileSync(path.join(this.#directory, file), 'utf8')
    const hash = `'sha256-${createHash('sha256').update(css).digest('base64')}'`
    this.#styles = { modifiedAt, css, hash }
    return this.#styles
  }
}
