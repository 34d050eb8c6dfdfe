import type { Database } from '@worldloom/db'
import type { ImageStore } from '@worldloom/images'
import { type ArchivedWorld, type EntityKind, entities } from '@worldloom/schema'
import {
  archivedKinds,
  listImageFiles,
  readArchivedEntities,
  readArchivedLinks,
  readArchivedRecords,
  readArchivedWorld,
} from '@worldloom/worlds'
import { writeZip, zipOptions } from '../writeZip.ts'
import { fileNameOf, folderOf } from './fileNames.ts'
import { writeNote } from './note.ts'
import { toWikiLinks } from './wikiLinks.ts'

interface Named {
  readonly kind: EntityKind
  readonly name: string
  readonly displayName: string
  /** Of its note in the vault, without the ending. */
  readonly path: string
  /** Of its image file, with the ending. */
  file?: string
}

/**
 * Writes a world as a vault of Markdown notes, as Obsidian and others read them: one for each entry, with its fields as
 * properties and its mentions as links between notes, and the images. The trash and the maps are not in it.
 *
 * @throws {NotFoundError} if there is no such world
 */
export async function exportVault(
  { db, store }: { readonly db: Database; readonly store: ImageStore },
  worldId: string,
  target: string,
): Promise<ArchivedWorld> {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((trx) => writeVault(trx, store, worldId, target))
}

async function writeVault(db: Database, store: ImageStore, worldId: string, target: string): Promise<ArchivedWorld> {
  const world = await readArchivedWorld(db, worldId)
  const named = await nameAll(db, worldId)
  const about = await readAbout(db, worldId)
  const images = new Map((await listImageFiles(db, worldId)).map(({ id, fileKey }) => [id, fileKey]))
  const pathOf = (id: string, isShown = false) => {
    const found = named.get(id)
    return found && { displayName: found.displayName, path: isShown ? (found.file ?? found.path) : found.path }
  }
  const linkTo = (id: unknown) => {
    const found = typeof id === 'string' ? named.get(id) : undefined
    return found && `[[${found.path}]]`
  }
  const written = (text: string) => toWikiLinks(text, pathOf)
  await writeZip(target, async (zip) => {
    const add = (path: string, content: string) => zip.addBuffer(Buffer.from(content), path, zipOptions)
    const { name, displayName, description, body, language, calendar } = world
    add(
      'World.md',
      writeNote({
        properties: {
          worldloom: 1,
          kind: 'world',
          name,
          title: displayName === name ? undefined : displayName,
          description: written(description),
          language,
          calendar,
          tagColors: about.tagColors,
          linkKinds: about.linkKinds,
        },
        text: written(body),
      }),
    )
    for (const definition of archivedKinds) {
      for await (const row of readArchivedEntities(db, definition, worldId)) {
        const id = String(row.id)
        const entry = named.get(id)
        if (!entry) continue
        const own = Object.entries(definition.fields).map(([field, { control }]) => {
          const value = row[field]
          if (control.as === 'reference') return [field, linkTo(value)]
          return [field, control.as === 'paragraph' && typeof value === 'string' ? written(value) : value]
        })
        const spoilers = Object.entries((row.spoilers ?? {}) as Record<string, string>).map(([field, scene]) => [
          field,
          linkTo(scene),
        ])
        const isDefault = fileNameOf(entry.name) === entry.name && entry.path.endsWith(`/${entry.name}`)
        add(
          `${entry.path}.md`,
          writeNote({
            properties: {
              kind: definition.kind,
              name: isDefault ? undefined : entry.name,
              title: entry.displayName === entry.name ? undefined : entry.displayName,
              description: written(String(row.description)),
              placeholder: row.isPlaceholder || undefined,
              cover: linkTo(row.coverId),
              file: entry.file && `[[${entry.file}]]`,
              tags: about.tagsOf.get(id),
              ...(definition.parent && { [definition.parent.kind]: linkTo(row[definition.parent.field]) }),
              order: definition.ordered ? about.orders.get(id) : undefined,
              ...Object.fromEntries(own),
              stories: about.storiesOf.get(id)?.map(linkTo),
              cast: about.castOf.get(id)?.map(linkTo),
              things: about.thingsOf.get(id)?.map(linkTo),
              links: about.linksOf
                .get(id)
                ?.filter(({ to }) => named.has(to))
                .map(({ to, ...link }) => ({ ...link, to: linkTo(to) })),
              spoilers: spoilers.length > 0 ? Object.fromEntries(spoilers) : undefined,
            },
            text: written(String(row.body)),
          }),
        )
        const fileKey = images.get(id)
        if (entry.file && fileKey) {
          zip.addBuffer(Buffer.from(await store.bytes(fileKey, 'original')), entry.file, {
            ...zipOptions,
            compress: false,
          })
        }
      }
    }
  })
  return world
}

/** The path of every entry that is not in the trash; no two are the same, ignoring case. */
async function nameAll(db: Database, worldId: string): Promise<Map<string, Named>> {
  const named = new Map<string, Named>()
  const taken = new Set<string>()
  for (const { kind } of archivedKinds) {
    for await (const row of readArchivedEntities(db, entities[kind], worldId)) {
      if (row.deletedAt !== null) continue
      const wanted = `${folderOf(kind)}/${fileNameOf(String(row.name))}`
      let path = wanted
      for (let number = 2; taken.has(path.toLowerCase()); number++) path = `${wanted} (${number})`
      taken.add(path.toLowerCase())
      const ending = typeof row.mediaType === 'string' ? row.mediaType.slice('image/'.length) : undefined
      named.set(String(row.id), {
        kind,
        name: String(row.name),
        displayName: String(row.displayName),
        path,
        ...(ending && { file: `${path}.${ending === 'jpeg' ? 'jpg' : ending}` }),
      })
    }
  }
  return named
}

interface WrittenLink {
  readonly kind: string
  readonly to: string
  readonly note: string | undefined
  readonly from: string | undefined
  readonly until: string | undefined
}

/** What belongs to entries and is in tables of its own. */
async function readAbout(db: Database, worldId: string) {
  const tags = await readArchivedRecords(db, 'tags', worldId)
  const tagNames = new Map(tags.map(({ id, name }) => [id, String(name)]))
  const tagsOf = new Map<string, string[]>()
  for (const { entityId, tagId } of await readArchivedRecords(db, 'entry-tags', worldId)) {
    push(tagsOf, String(entityId), tagNames.get(tagId) ?? '')
  }
  const kinds = await readArchivedRecords(db, 'link-kinds', worldId)
  const kindNames = new Map(kinds.map(({ id, name }) => [id, String(name)]))
  const linksOf = new Map<string, WrittenLink[]>()
  for (const link of await readArchivedRecords(db, 'links', worldId)) {
    push(linksOf, String(link.fromId), {
      kind: kindNames.get(link.linkKindId) ?? '',
      to: String(link.toId),
      note: text(link.note),
      from: text(link.beganOn),
      until: text(link.endedOn),
    })
  }
  const storiesOf = new Map<string, string[]>()
  const castOf = new Map<string, string[]>()
  const thingsOf = new Map<string, string[]>()
  for (const row of (await readArchivedLinks(db, 'book-stories', worldId)) as { bookId: string; storyId: string }[]) {
    push(storiesOf, row.bookId, row.storyId)
  }
  for (const row of (await readArchivedLinks(db, 'scene-personas', worldId)) as {
    sceneId: string
    personaId: string
  }[]) {
    push(castOf, row.sceneId, row.personaId)
  }
  for (const row of (await readArchivedLinks(db, 'scene-things', worldId)) as { sceneId: string; thingId: string }[]) {
    push(thingsOf, row.sceneId, row.thingId)
  }
  return {
    tagColors: tags.map(({ name, color }) => ({ name, color })),
    linkKinds: kinds.map(({ id: _, version: __, createdAt: ___, updatedAt: ____, ...kind }) => kind),
    ...{ tagsOf, linksOf, storiesOf, castOf, thingsOf },
    orders: await readOrders(db, worldId),
  }
}

/** The number of each act and scene among those of its parent, from 1. */
async function readOrders(db: Database, worldId: string): Promise<Map<string, number>> {
  const orders = new Map<string, number>()
  for (const definition of archivedKinds.filter(({ ordered }) => ordered)) {
    const rows: { id: string; parent: unknown; position: string }[] = []
    for await (const row of readArchivedEntities(db, definition, worldId)) {
      if (row.deletedAt !== null) continue
      rows.push({ id: String(row.id), parent: row[definition.parent?.field ?? ''], position: String(row.position) })
    }
    for (const siblings of Map.groupBy(rows, ({ parent }) => parent).values()) {
      const sorted = siblings.toSorted((one, other) => (one.position < other.position ? -1 : 1))
      for (const [index, { id }] of sorted.entries()) orders.set(id, index + 1)
    }
  }
  return orders
}

function push<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
