import { capitalized, type EntityKind, entities } from '@worldloom/schema'

/** The folder of a kind. */
export function folderOf(kind: EntityKind): string {
  return capitalized(entities[kind].plural)
}

/** A name as that of a file, valid on every file system and in links. */
export function fileNameOf(name: string): string {
  const safe = name
    .replace(/[\\/:*?"<>|#^[\]\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  // Of 255 bytes that file systems allow, some are for the ending and a number.
  let short = safe
  while (Buffer.byteLength(short) > 200) short = [...short].slice(0, -1).join('')
  return short.trim() || 'Unnamed'
}

/** What folders and the properties `kind`, `type` and `category` call the kinds, besides their own names. */
const otherNames: Readonly<Partial<Record<EntityKind, readonly string[]>>> = {
  story: ['plot', 'plots', 'campaign', 'campaigns', 'adventure', 'adventures', 'novel', 'novels'],
  book: ['volume', 'volumes'],
  act: ['part', 'parts'],
  scene: ['chapter', 'chapters', 'session', 'sessions'],
  persona: [
    ...['character', 'characters', 'people', 'person', 'persons', 'npc', 'npcs', 'pc', 'pcs', 'player', 'players'],
    ...['family', 'families', 'faction', 'factions', 'organisation', 'organisations', 'organization', 'organizations'],
    ...['creature', 'creatures', 'monster', 'monsters', 'god', 'gods', 'deity', 'deities', 'cast'],
  ],
  location: [
    ...['place', 'places', 'geography', 'region', 'regions', 'country', 'countries', 'city', 'cities', 'town', 'towns'],
    ...['setting', 'settings', 'world', 'worlds', 'atlas'],
  ],
  thing: ['item', 'items', 'object', 'objects', 'artifact', 'artifacts', 'artefact', 'artefacts', 'equipment'],
  image: ['picture', 'pictures', 'attachment', 'attachments'],
}

const kindsByName = new Map(
  Object.values(entities).flatMap(({ kind, plural }) =>
    [kind, plural, ...(otherNames[kind] ?? [])].map((name) => [name, kind] as const),
  ),
)

/** The kind that a folder or a property names, if any. */
export function kindNamed(name: string): EntityKind | undefined {
  const words = name
    .toLowerCase()
    .replace(/^[\d\W_]+/, '')
    .trim()
  return (
    kindsByName.get(words) ??
    words
      .split(/[^\p{L}]+/u)
      .map((word) => kindsByName.get(word))
      .find((kind) => kind !== undefined)
  )
}
