/** The name of the file of a world, valid on every file system. */
export function archiveName(world: string): string {
  return `${plainName(world)}.worldloom`
}

/** The same of a world as Markdown files. */
export function vaultName(world: string): string {
  return `${plainName(world)}.zip`
}

function plainName(world: string): string {
  const name = world
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .slice(0, 100)
  return name || 'world'
}
