import { parse, stringify } from 'yaml'

/** A Markdown file with properties before its text, as Obsidian writes them: https://help.obsidian.md/properties */
export interface Note {
  readonly properties: Readonly<Record<string, unknown>>
  readonly text: string
}

/** A note of a vault, with its path without the ending. */
export interface VaultNote extends Note {
  readonly path: string
}

/** @returns the whole file as text, where what stands before it is no YAML */
export function readNote(file: string): Note {
  const found = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n?---[ \t]*(?:\r?\n|$)/.exec(file)
  if (!found) return { properties: {}, text: file.replace(/^\uFEFF/, '') }
  try {
    // The core schema knows no dates: “412-03” stays what it is. Aliases could grow without end.
    const properties: unknown = parse(found[1] ?? '', { schema: 'core', maxAliasCount: 0, uniqueKeys: false })
    if (properties === null) return { properties: {}, text: file.slice(found[0].length) }
    if (typeof properties === 'object' && !Array.isArray(properties))
      return { properties: properties as Note['properties'], text: file.slice(found[0].length) } // an object
  } catch {
    // Shown as it is.
  }
  return { properties: {}, text: file }
}

/** Properties that are undefined, empty or null are left out. The text stands exactly as it is after them. */
export function writeNote({ properties, text }: Note): string {
  const filled = Object.entries(properties).filter(
    ([, value]) =>
      value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
  )
  return `---\n${stringify(Object.fromEntries(filled), { lineWidth: 0 })}---\n${text}`
}
