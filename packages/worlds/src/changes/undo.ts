import { isDeepStrictEqual } from 'node:util'
import { type KnownPrincipal, requirePermission } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import {
  ChangedSinceError,
  ConflictError,
  type EntityDefinition,
  entities,
  type historyUndoInput,
  NotFoundError,
  sharedFieldNames,
  type WorldRecordKind,
  type WorldRole,
  worldRecordKinds,
  type worldUpdateInput,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { addStory, removeStory, reorderBook } from '../entities/book.ts'
import { lockForChange } from '../entities/lock.ts'
import { setCast, setThings } from '../entities/scene.ts'
import { tableOf } from '../entities/select.ts'
import { countWithin, deleteEntity, restoreEntity } from '../entities/trash.ts'
import { moveEntity, updateEntity } from '../entities/write.ts'
import { requireReach } from '../reach.ts'
import { setTags } from '../records/tags.ts'
import { undoableRecords } from '../records/undoable.ts'
import { putMember } from '../worlds/members.ts'
import { findWorldById } from '../worlds/read.ts'
import { deleteWorld, restoreWorld, updateWorld } from '../worlds/write.ts'
import type { Writer } from '../writer.ts'
import { findPresent } from './history.ts'
import { readHeads, selectItems, toItem } from './items.ts'
import { replacedSince } from './replaced.ts'

/** How many changes back a request is looked for. */
const maxBack = 5000

/** A change to be undone. */
interface Done {
  readonly position: string
  readonly action: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly subjectName: string
  readonly version: number | null
  readonly previous: Readonly<Record<string, unknown>>
}

/**
 * Undoes what one of the caller's own requests did in a world: as a change of its own, which can be undone in turn.
 *
 * @returns how many changes were undone
 * @throws {NotFoundError} if there is no such request of theirs, or if it is too long ago
 * @throws {ChangedSinceError} if what it changed was changed again since: nothing is undone then
 * @throws {ConflictError} for what can't be undone, and as the functions that undo it
 */
export async function undoRequest(
  db: Database,
  writer: Writer,
  { worldId, requestId }: z.output<typeof historyUndoInput>,
): Promise<{ undone: number }> {
  requireReach(writer.principal, worldId)
  return await inTransaction(db, async (trx) => {
    const done = await findDone(trx, writer.principal, worldId, requestId)
    const [last] = done
    if (!last) throw new NotFoundError('recent change of yours')
    const created = done.find(({ subjectKind, action }) => subjectKind === 'world' && action === 'create')
    if (created) {
      // With everything that it was created with.
      await undoWorldChange(trx, writer, { ...created, position: last.position })
      return { undone: done.length }
    }
    const along = await findAlong(trx, done)
    for (const change of done) {
      if (!along.has(change.subjectId)) await undo(trx, writer, worldId, change)
    }
    return { undone: done.length }
  })
}

/** Latest first. */
async function findDone(trx: Database, principal: KnownPrincipal, worldId: string, requestId: string): Promise<Done[]> {
  const head = (await readHeads(trx, [worldId])).get(worldId) ?? 0
  return await trx
    .selectFrom('changes')
    .where('worldId', '=', worldId)
    .where('position', '>', sql<string>`${head - maxBack}::bigint`)
    .where('requestId', '=', requestId)
    .where('actorId', '=', principal.user.id)
    .orderBy('position', 'desc')
    .select(['position', 'action', 'subjectKind', 'subjectId', 'subjectName', 'version', 'previous'])
    .$castTo<Done>() // previous is an object
    .execute()
}

/** What went into the trash or came back with something else: it follows that again. */
async function findAlong(trx: Database, done: readonly Done[]): Promise<Set<string>> {
  const ids = done.filter(({ action }) => action === 'delete' || action === 'restore').map(({ subjectId }) => subjectId)
  if (ids.length < 2) return new Set()
  const rows = await trx
    .selectFrom('entityParents')
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .where('parentId', '=', sql<string>`any(${ids}::uuid[])`)
    .select(({ ref }) => ref('id').$notNull().as('id'))
    .execute()
  return new Set(rows.map(({ id }) => id))
}

async function undo(trx: Database, writer: Writer, worldId: string, done: Done): Promise<void> {
  if (done.subjectKind === 'world') return await undoWorldChange(trx, writer, done)
  if (done.subjectKind === 'member') return await undoMemberChange(trx, writer, worldId, done)
  if (isRecordKind(done.subjectKind)) return await undoRecordChange(trx, writer, worldId, done.subjectKind, done)
  const definition = Object.values(entities).find(({ kind }) => kind === done.subjectKind)
  if (!definition || done.version === null) throw new ConflictError('This change can’t be undone.')
  await undoEntityChange(trx, writer, definition, done, done.version)
}

async function undoEntityChange(
  trx: Database,
  writer: Writer,
  definition: EntityDefinition,
  done: Done,
  version: number,
): Promise<void> {
  const { principal } = writer
  const { subjectId: id, action, previous } = done
  if (action === 'delete') {
    requirePermission(principal, 'entity:delete')
    await restoreEntity(trx, writer, definition, id)
    return
  }
  const before = await lockForChange(trx, principal, definition, id)
  const present = await findPresent(trx, principal, id)
  const requireUnchanged = (fields?: readonly string[]) =>
    refuseChangedSince(trx, before.worldId, done, version, present, fields)

  switch (action) {
    case 'create':
    case 'restore': {
      requirePermission(principal, 'entity:delete')
      await requireUnchanged()
      const { total } = await countWithin(trx, principal, definition, id)
      if (action === 'create' && total > 0) {
        throw new ConflictError(`There is something in “${done.subjectName}” by now. Move it to the trash instead.`)
      }
      await deleteEntity(trx, writer, definition, { id, version: present.version })
      return
    }
    case 'update': {
      await requireUnchanged(Object.keys(previous))
      const known = [...sharedFieldNames, ...Object.keys(definition.fields)]
      if (definition.parent) known.push(definition.parent.field)
      if (!Object.keys(previous).every((field) => known.includes(field))) {
        throw new ConflictError(`What was uploaded to “${done.subjectName}” can’t be undone.`)
      }
      await updateEntity(trx, writer, definition, { ...previous, id, version: present.version })
      return
    }
    case 'move':
    case 'link':
    case 'unlink': {
      await requireUnchanged(Object.keys(previous))
      for (const [field, value] of Object.entries(previous)) {
        const now = present.fields[field]
        if (Array.isArray(value)) await putLinks(trx, writer, id, field, value as string[], now as string[]) // as recordLinkChange writes them
      }
      if (definition.ordered && action === 'move') {
        await moveBack(trx, writer, definition, id, { ...present.fields, ...previous })
      }
      return
    }
    default:
      throw new ConflictError('This change can’t be undone.')
  }
}

/**
 * @param present the subject as it is now
 * @param fields those that matter; all, if omitted
 * @throws {ChangedSinceError} if one of them is not what the change left it as
 */
async function refuseChangedSince(
  trx: Database,
  worldId: string,
  { subjectId, subjectName, position }: Done,
  version: number,
  present: { readonly version: number; readonly fields: Readonly<Record<string, unknown>> },
  fields?: readonly string[],
): Promise<void> {
  const since = await replacedSince(trx, subjectId, version, present.version)
  if (!since) throw new ConflictError(`The change log no longer says what “${subjectName}” was.`)
  const changed = Object.keys(since).filter(
    (field) => (!fields || fields.includes(field)) && !isDeepStrictEqual(since[field], present.fields[field]),
  )
  if (changed.length === 0) return
  const items = await selectItems(trx, worldId)
    .where('subjectId', '=', subjectId)
    .where('position', '>', position)
    .where(sql<boolean>`previous ?| ${changed}`)
    .orderBy('position', 'desc')
    .limit(10)
    .execute()
  throw new ChangedSinceError(subjectName, items.map(toItem))
}

/** Puts an entry back among its siblings. @param place its parent and position as they were */
async function moveBack(
  trx: Database,
  writer: Writer,
  definition: EntityDefinition,
  id: string,
  place: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { parent } = definition
  if (!parent) return
  const parentId = place[parent.field] as string // ordered entries have one
  const before = await trx
    .selectFrom(tableOf(definition))
    .where(sql.ref(parent.field), '=', parentId)
    .where(sql<boolean>`position < ${place.position}`)
    .where('id', '<>', id)
    .orderBy(sql`position`, 'desc')
    .select('id')
    .limit(1)
    .executeTakeFirst()
  await moveEntity(trx, writer, definition, { id, parentId, afterId: before?.id ?? null })
}

/** Makes a list of links what it was, without what is gone by now. */
async function putLinks(
  trx: Database,
  writer: Writer,
  id: string,
  list: string,
  wanted: readonly string[],
  now: readonly string[],
): Promise<void> {
  const usable = await trx
    .selectFrom('entities')
    .where('id', '=', sql<string>`any(${wanted}::uuid[])`)
    .where('deletedAt', 'is', null)
    .select('id')
    .execute()
  const ids = wanted.filter((each) => usable.some((entity) => entity.id === each))
  const { version } = await findPresent(trx, writer.principal, id)
  if (list === 'tagIds') return await putTags(trx, writer, id, wanted)
  if (list === 'personaIds') await setCast(trx, writer, { id, version, personaIds: ids })
  else if (list === 'thingIds') await setThings(trx, writer, { id, version, thingIds: ids })
  else {
    for (const storyId of now.filter((each) => !ids.includes(each))) await removeStory(trx, writer, { id, storyId })
    let afterId: string | null = null
    for (const storyId of ids) {
      if (now.includes(storyId)) await reorderBook(trx, writer, { id, storyId, afterId })
      else await addStory(trx, writer, { id, storyId, afterId })
      afterId = storyId
    }
  }
}

/** Without those that are deleted by now. */
async function putTags(trx: Database, writer: Writer, id: string, wanted: readonly string[]): Promise<void> {
  const usable = await trx
    .selectFrom('tags')
    .where('id', '=', sql<string>`any(${wanted}::uuid[])`)
    .where('deletedAt', 'is', null)
    .select('id')
    .execute()
  const { version } = await findPresent(trx, writer.principal, id)
  await setTags(trx, writer, { id, version, tagIds: usable.map((tag) => tag.id) })
}

async function undoWorldChange(trx: Database, writer: Writer, done: Done): Promise<void> {
  const { principal } = writer
  const { subjectId: id, action, previous, version } = done
  if (action === 'delete') {
    requirePermission(principal, 'world:delete')
    await restoreWorld(trx, writer, id)
    return
  }
  const present = await findWorldById(trx, principal, id)
  if (version === null || !['create', 'restore', 'update'].includes(action) || 'ownerId' in previous) {
    throw new ConflictError('This change can’t be undone.')
  }
  if (action === 'update') {
    requirePermission(principal, 'world:update')
    await refuseChangedSince(trx, id, done, version, { ...present, fields: { ...present } }, Object.keys(previous))
    const fields = previous as Omit<z.output<typeof worldUpdateInput>, 'id' | 'version'> // those of an update
    await updateWorld(trx, writer, { ...fields, id, version: present.version })
    return
  }
  requirePermission(principal, 'world:delete')
  const later = await trx
    .selectFrom('changes')
    .where('worldId', '=', id)
    .where('position', '>', done.position)
    .select('position')
    .limit(1)
    .executeTakeFirst()
  if (later) throw new ConflictError(`“${done.subjectName}” has been worked on since. Move it to the trash instead.`)
  await deleteWorld(trx, writer, { id, version: present.version })
}

function isRecordKind(kind: string): kind is WorldRecordKind {
  return (worldRecordKinds as readonly string[]).includes(kind)
}

async function undoRecordChange(
  trx: Database,
  writer: Writer,
  worldId: string,
  kind: WorldRecordKind,
  done: Done,
): Promise<void> {
  const { subjectId: id, action, previous, version } = done
  const record = undoableRecords[kind]
  if (action === 'delete') {
    await record.restore(trx, writer, id)
    return
  }
  const present = await record.lock(trx, writer, id)
  const fields = action === 'update' ? Object.keys(previous) : undefined
  await refuseChangedSince(
    trx,
    worldId,
    done,
    version ?? 1,
    { version: present.version, fields: { ...present } },
    fields,
  )
  if (action === 'update') await record.update(trx, writer, { ...previous, id, version: present.version })
  else await record.delete(trx, writer, { id, version: present.version })
}

async function undoMemberChange(trx: Database, writer: Writer, worldId: string, done: Done): Promise<void> {
  const { role } = done.previous
  if (role === undefined) throw new ConflictError('Joining a world can’t be undone. Leave it instead.')
  requirePermission(writer.principal, 'member:update')
  await putMember(trx, writer, { worldId, userId: done.subjectId, role: role as WorldRole }) // as memberChange writes it
}
