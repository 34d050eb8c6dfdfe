import type { KnownPrincipal } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import {
  BadInputError,
  type EntityDefinition,
  type EntityKind,
  entities,
  NotFoundError,
  type StoryOutline,
} from '@worldloom/schema'
import {
  type AnyEntity,
  checkContinuity,
  findAdmitted,
  findEntity,
  findEntityByName,
  findSceneParts,
  listConnections,
  listLinkKinds,
  listMentions,
  listTimeline,
  outlineStory,
  type SceneView,
  searchEntries,
  selectReadableOfAnyKind,
  viewEntity,
} from '@worldloom/worlds'

/** Who reads where. With a view, only what is known and holds at that moment is read. */
export interface ReadingScope {
  readonly db: Database
  readonly principal: KnownPrincipal
  readonly worldId: string
  readonly view: SceneView | undefined
}

/** How many characters of a body the model gets at once. */
const longestBody = 12_000
export const mostFound = 40
const mostFindings = 60
/** Of a query of many words that nothing has all of, so many are searched for one by one. */
const mostWords = 5

export async function searchWorld(
  scope: ReadingScope,
  { query, kind, limit }: { query: string; kind?: EntityKind | undefined; limit: number },
) {
  const kinds = kind && [kind]
  if (query.trim() === '') return { found: await findLatest(scope, kind, limit) }
  const search = async (text: string) => {
    const { db, principal, worldId, view } = scope
    const { items } = await searchEntries(db, principal, { worldId, text, kinds, limit, atScene: view?.sceneId })
    return items.map(({ excerpt, worldId: _, ...hit }) => ({
      ...hit,
      description: hit.description.slice(0, 400).toWellFormed(),
      excerpt: excerpt.map(({ text: words, isMatch }) => (isMatch ? `**${words}**` : words)).join(''),
    }))
  }
  const found = await search(query.normalize('NFC'))
  if (found.length > 0) return { found }
  // A model asks in more words than one entry has.
  const words = [...new Set(query.normalize('NFC').match(/[\p{L}\p{N}]{3,}/gu) ?? [])].slice(0, mostWords)
  if (words.length < 2) return { found }
  const each = await Promise.all(words.map(search))
  const byId = new Map(each.flat().map((hit) => [hit.id, hit]))
  return { found: [...byId.values()].slice(0, limit) }
}

async function findLatest({ db, principal, worldId, view }: ReadingScope, kind: EntityKind | undefined, limit: number) {
  let latest = selectReadableOfAnyKind(db, principal.user.id)
    .where('entities.worldId', '=', worldId)
    .select(['entities.id', 'entities.kind', 'entities.name', 'entities.displayName', 'entities.description'])
    .orderBy('entities.updatedAt', 'desc')
    .orderBy('entities.id', 'desc')
    .limit(limit)
  if (kind) latest = latest.where('entities.kind', '=', kind)
  if (view) latest = latest.where(view.admits())
  return (await latest.execute()).map((row) => seen(view, row))
}

/** The texts of an entry that are known. */
function seen<Row extends { readonly id: string; readonly name: string; readonly displayName: string }>(
  view: SceneView | undefined,
  row: Row & { readonly description?: string },
): Row {
  if (!view) return row
  return {
    ...row,
    displayName: view.visible(row.id, 'displayName', row.displayName) || row.name,
    ...(row.description !== undefined && { description: view.visible(row.id, 'description', row.description) }),
  }
}

export async function readEntity(
  scope: ReadingScope,
  { id, kind, name }: { id?: string | undefined; kind?: EntityKind | undefined; name?: string | undefined },
) {
  const { db, principal, worldId, view } = scope
  if (!id && !(kind && name)) throw new BadInputError({ id: ['Give an id, or a kind and a name'] })
  const found = id
    ? await requireEntity(scope, id)
    : {
        definition: entities[kind ?? 'story'],
        entity: await findEntityByName(db, principal, entities[kind ?? 'story'], { worldId, name: name ?? '' }),
      }
  const entity = view ? await viewEntity(db, found.definition, view, found.entity) : found.entity
  const { body, ...rest } = entity as AnyEntity & { body: string } // every kind has one
  return {
    ...rest,
    body: body.length > longestBody ? `${body.slice(0, longestBody).toWellFormed()} … (cut off)` : body,
    ...(entity.kind === 'scene' && (await readParts(scope, entity.id))),
  }
}

async function readParts({ db, principal, view }: ReadingScope, id: string) {
  const { location, cast, things } = await findSceneParts(db, principal, id)
  if (!view) return { location, cast, things }
  const ids = [...cast, ...things, ...(location ? [location] : [])].map((part) => part.id)
  const admitted = await findAdmitted(db, view, ids)
  const known = (parts: typeof cast) => parts.filter((part) => admitted.has(part.id)).map((part) => seen(view, part))
  return { location: location && (known([location])[0] ?? null), cast: known(cast), things: known(things) }
}

export async function readConnections(scope: ReadingScope, id: string) {
  const { db, principal, view } = scope
  await requireEntity(scope, id)
  const atScene = view?.sceneId
  const [links, mentions] = await Promise.all([
    listConnections(db, principal, { id, atScene, limit: mostFindings }),
    listMentions(db, principal, { id, side: 'in', atScene, limit: mostFound }),
  ])
  return {
    links: links.items.map(({ label, other, link }) => ({
      label,
      other: { ...other, description: other.description.slice(0, 200).toWellFormed() },
      ...(link && { note: link.note, beganOn: link.beganOn, endedOn: link.endedOn }),
    })),
    mentions: mentions.items.map(({ other, sentence }) => ({ other, sentence })),
    isCut: links.nextCursor !== null || mentions.nextCursor !== null,
  }
}

export async function readLinkKinds({ db, principal, worldId }: ReadingScope) {
  const { items } = await listLinkKinds(db, principal, worldId)
  return {
    linkKinds: items.map(({ id, name, inverseName, fromKinds, toKinds }) => ({
      id,
      name,
      inverseName,
      fromKinds,
      toKinds,
    })),
  }
}

export async function readTimeline(
  { db, principal, worldId, view }: ReadingScope,
  input: { from?: string | undefined; to?: string | undefined; of?: string | undefined },
) {
  const { items, nextCursor } = await listTimeline(db, principal, {
    ...{ ...input, worldId, atScene: view?.sceneId, limit: mostFindings },
  })
  return {
    items: items.map(({ field, text, entry, link, age }) => ({ field, date: text, entry, link, age })),
    isCut: nextCursor !== null,
  }
}

export async function readContinuity({ db, principal, worldId }: ReadingScope) {
  const { findings, total } = await checkContinuity(db, principal, { worldId, dismissed: false })
  return {
    total,
    findings: findings.slice(0, mostFindings).map(({ message, certainty, entries }) => ({
      ...{ message, certainty },
      entries: entries.map(({ id, kind, displayName }) => ({ id, kind, displayName })),
    })),
  }
}

export async function outlineOf({ db, principal, worldId, view }: ReadingScope, storyId: string) {
  const outline = await outlineStory(db, principal, storyId)
  if (outline.worldId !== worldId || view?.hides(storyId)) throw new NotFoundError('story')
  if (!view) return { kind: 'story', ...outline }
  const parts = outline.acts.flatMap((act) => [
    act.id,
    ...act.scenes.flatMap(({ id, location, cast }) => [
      id,
      ...(location ? [location.id] : []),
      ...cast.map((one) => one.id),
    ]),
  ])
  const admitted = await findAdmitted(db, view, [storyId, ...parts])
  if (!admitted.has(storyId)) throw new NotFoundError('story')
  return {
    kind: 'story',
    ...outline,
    acts: outline.acts.filter(({ id }) => admitted.has(id)).map((act) => seenAct(view, admitted, act)),
  }
}

type Act = StoryOutline['acts'][number]

function seenAct(view: SceneView, admitted: ReadonlySet<string>, act: Act): Act {
  return {
    ...seen(view, act),
    scenes: act.scenes
      .filter(({ id }) => admitted.has(id))
      .map((scene) => ({
        ...seen(view, scene),
        purpose: view.visible(scene.id, 'purpose', scene.purpose),
        mood: view.visible(scene.id, 'mood', scene.mood),
        happensAt: view.visible(scene.id, 'happensAt', scene.happensAt),
        location: scene.location && admitted.has(scene.location.id) ? seen(view, scene.location) : null,
        cast: scene.cast.filter(({ id }) => admitted.has(id)).map((one) => seen(view, one)),
      })),
  }
}

/** An entry of this conversation's world only, not of others that the caller may see. @throws {NotFoundError} */
export async function requireEntity(
  { db, principal, worldId, view }: ReadingScope,
  id: string,
): Promise<{ definition: EntityDefinition; entity: AnyEntity }> {
  const found = await selectReadableOfAnyKind(db, principal.user.id)
    .where('entities.id', '=', id)
    .where('entities.worldId', '=', worldId)
    .$if(view !== undefined, (query) => (view ? query.where(view.admits()) : query))
    .select('entities.kind')
    .executeTakeFirstOrThrow(() => new NotFoundError('entry'))
  const definition: EntityDefinition = entities[found.kind]
  return { definition, entity: await findEntity(db, principal, definition, id) }
}
