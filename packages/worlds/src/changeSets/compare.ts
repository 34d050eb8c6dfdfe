import { createHash } from 'node:crypto'
import type { KnownPrincipal } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import {
  type EntityDefinition,
  entities,
  type ProposedChange,
  type ProposedChangeInput,
  type ProposedEnd,
} from '@worldloom/schema'
import { diffBudget, diffFields } from '../changes/diff.ts'
import { findEntitiesOfAnyKind } from '../entities/read.ts'
import type { AnyEntity } from '../entities/select.ts'
import { countWithin } from '../entities/trash.ts'
import { targetIds } from './apply.ts'

/** The versions that were compared, as one opaque text. Another one means that something has changed since. */
export function etagOf(id: string, versions: Iterable<{ readonly id: string; readonly version: number }>): string {
  const all = [...versions].map((each) => `${each.id}:${each.version}`).sort()
  return createHash('sha256')
    .update([id, ...all].join('\n'))
    .digest('base64url')
}

/** What a change set would change, against what is there now. @throws {NotFoundError} */
export async function compareChanges(
  db: Database,
  principal: KnownPrincipal,
  { id, worldId }: { readonly id: string; readonly worldId: string },
  changes: readonly ProposedChangeInput[],
): Promise<{ etag: string; changes: ProposedChange[] }> {
  const targets = targetIds(changes)
  const ends = changes.flatMap((change) => (change.action === 'link' ? [change.fromId, change.toId] : []))
  const there = await findThere(db, principal, worldId, [...targets, ...ends.filter((end) => !end.startsWith('$'))])
  const scope: Comparing = {
    there,
    created: createdBy(changes),
    linkNames: await findLinkNames(db, worldId, changes),
    deadline: performance.now() + diffBudget,
  }
  const compared: ProposedChange[] = []
  for (const change of changes) compared.push(await compareChange(db, principal, scope, change))
  return {
    etag: etagOf(
      id,
      targets.flatMap((target) => there.get(target) ?? []),
    ),
    changes: compared,
  }
}

interface Comparing {
  /** By id: the entries that are there. */
  readonly there: ReadonlyMap<string, AnyEntity>
  /** By local name: what the change set creates. */
  readonly created: ReadonlyMap<string, ProposedEnd>
  /** By id of the kind of link. */
  readonly linkNames: ReadonlyMap<string, string>
  readonly deadline: number
}

async function findThere(
  db: Database,
  principal: KnownPrincipal,
  worldId: string,
  ids: readonly string[],
): Promise<Map<string, AnyEntity>> {
  if (ids.length === 0) return new Map()
  const found = await findEntitiesOfAnyKind(db, principal, [...new Set(ids)])
  return new Map(found.filter((entity) => entity.worldId === worldId).map((entity) => [entity.id, entity]))
}

function createdBy(changes: readonly ProposedChangeInput[]): Map<string, ProposedEnd> {
  return new Map(
    changes.flatMap((change): [string, ProposedEnd][] =>
      change.action === 'create' && change.as
        ? [[change.as, { id: null, kind: change.kind, displayName: nameIn(change.fields) }]]
        : [],
    ),
  )
}

async function findLinkNames(
  db: Database,
  worldId: string,
  changes: readonly ProposedChangeInput[],
): Promise<Map<string, string>> {
  const ids = changes.flatMap((change) => (change.action === 'link' ? [change.linkKindId] : []))
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('linkKinds')
    .select(['id', 'name'])
    .where('id', 'in', ids)
    .where('worldId', '=', worldId)
    .where('deletedAt', 'is', null)
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

async function compareChange(
  db: Database,
  principal: KnownPrincipal,
  { there, created, linkNames, deadline }: Comparing,
  change: ProposedChangeInput,
): Promise<ProposedChange> {
  const nothing = { kind: null, id: null, as: null, isOutdated: false, isGone: false, fields: [], along: 0, link: null }
  if (change.action === 'create') {
    return {
      ...nothing,
      action: 'create',
      kind: change.kind,
      displayName: nameIn(change.fields),
      as: change.as ?? null,
      fields: diffFields({}, change.fields, deadline),
    }
  }
  if (change.action === 'link') {
    const [from, to] = [change.fromId, change.toId].map((end) => created.get(end) ?? endOf(there.get(end)))
    const name = linkNames.get(change.linkKindId)
    const { note = '', beganOn = null, endedOn = null } = change
    return {
      ...nothing,
      action: 'link',
      displayName: name ?? '',
      isGone: !from || !to || name === undefined,
      link: from && to ? { from, to, note, beganOn, endedOn } : null,
    }
  }
  const entity = there.get(change.id)
  if (!entity) {
    const { id, action } = change
    const fields = action === 'update' ? diffFields({}, change.fields, deadline) : []
    return { ...nothing, action, id, displayName: '', isGone: true, fields }
  }
  const { id, kind, displayName, version } = entity
  const known = { ...nothing, kind, id, displayName, isOutdated: version !== change.version }
  if (change.action === 'update') {
    const fields = diffFields(pick(entity, Object.keys(change.fields)), change.fields, deadline)
    return { ...known, action: 'update', fields }
  }
  const definition: EntityDefinition = entities[kind]
  const { total } = await countWithin(db, principal, definition, id)
  return { ...known, action: 'delete', along: total }
}

function endOf(entity: AnyEntity | undefined): ProposedEnd | undefined {
  return entity && { id: entity.id, kind: entity.kind, displayName: entity.displayName }
}

function nameIn({ displayName, name }: Readonly<Record<string, unknown>>): string {
  return String(displayName || name)
}

function pick(entity: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entity).filter(([name]) => names.includes(name)))
}
