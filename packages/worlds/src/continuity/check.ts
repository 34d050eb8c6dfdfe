import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import {
  type continuityCheckInput,
  type continuityReport,
  type Finding,
  type findingDismissInput,
  formatWorldDate,
  type Language,
  NotFoundError,
} from '@worldloom/schema'
import type { z } from 'zod'
import {
  deleteRecord,
  insertRecord,
  lockRecord,
  type RecordDefinition,
  setRecordDeleted,
  updateRecord,
  type WorldRecord,
} from '../records/records.ts'
import { calendarOf } from '../time/calendar.ts'
import { requireWorldRole } from '../worlds/authorize.ts'
import { findWorldById } from '../worlds/read.ts'
import type { Writer } from '../writer.ts'
import { type ContinuityWords, catalogs } from './catalogs.ts'
import { type KnownWorld, loadKnownWorld } from './load.ts'
import { type Contradiction, rules } from './rules.ts'

/** Of more, only the first are listed. */
const maxListed = 500

interface Dismissal extends WorldRecord {
  /** The key of the finding. */
  readonly finding: string
  readonly basis: string
  readonly reason: string
  readonly userId: string | null
}

export const dismissalRecord: RecordDefinition<Dismissal> = {
  kind: 'finding',
  table: 'continuity_dismissals',
  noun: 'dismissal',
  columns: ['finding', 'basis', 'reason', 'userId'],
  nameOf: (_, { reason }) => reason,
}

interface Checked {
  readonly found: Contradiction
  readonly key: string
  readonly basis: string
}

function checkWorld(world: KnownWorld, words: ContinuityWords): Checked[] {
  return rules
    .flatMap((rule) => rule(world, words))
    .map((found) => ({ found, key: keyOf(found), basis: basisOf(found) }))
}

/** The same as long as the same entries contradict each other in the same way. */
function keyOf({ rule, entries, basis }: Contradiction): string {
  const ids = entries.map(({ entry }) => entry.id)
  return [rule, ...ids, ...(rule === 'mentionOfTrash' ? (basis ?? []) : [])].join(':')
}

/** Another one as soon as anything changes that the finding rests on. */
function basisOf({ entries, basis = [] }: Contradiction): string {
  const dates = entries.map(({ entry, field }) => [entry.id, field, field && entry.dates.get(field)?.date])
  return JSON.stringify([dates, basis])
}

/**
 * The contradictions in a world, by rules over its dates, links and mentions.
 *
 * @throws {NotFoundError}
 */
export async function checkContinuity(
  db: Database,
  principal: KnownPrincipal,
  { worldId, dismissed }: z.output<typeof continuityCheckInput>,
  language: Language = 'en',
): Promise<z.output<typeof continuityReport>> {
  const { calendar } = await findWorldById(db, principal, worldId)
  const world = await loadKnownWorld(db, worldId, calendarOf(calendar))
  const checked = checkWorld(world, catalogs[language])
  const dismissals = await findDismissals(db, worldId)
  const findings = checked.map(({ found, key, basis }): Finding => {
    const dismissal = dismissals.get(key)
    return { ...toFinding(world, key, found), dismissal: dismissal?.basis === basis ? toDismissal(dismissal) : null }
  })
  const open = findings.filter((finding) => finding.dismissal === null)
  const listed = dismissed ? findings : open
  return { findings: listed.slice(0, maxListed), total: listed.length, dismissed: findings.length - open.length }
}

/**
 * Dismisses a finding with a reason. It comes back when anything changes that it rests on.
 *
 * @throws {NotFoundError} also if there is no such contradiction now
 * @throws {RoleTooLowError}
 */
export async function dismissFinding(
  db: Database,
  writer: Writer,
  { worldId, key, reason }: z.output<typeof findingDismissInput>,
): Promise<Dismissal> {
  return await inTransaction(db, async (trx) => {
    await requireWorldRole(trx, writer.principal, worldId, 'editor')
    const { calendar } = await findWorldById(trx, writer.principal, worldId)
    const checked = checkWorld(await loadKnownWorld(trx, worldId, calendarOf(calendar)), catalogs.en)
    const found = checked.find((each) => each.key === key)
    if (!found) throw new NotFoundError('finding')
    const known = await trx
      .selectFrom('continuityDismissals')
      .where('worldId', '=', worldId)
      .where('finding', '=', key)
      .where('deletedAt', 'is', null)
      .select('id')
      .executeTakeFirst()
    const values = { basis: found.basis, reason, userId: writer.principal.user.id }
    if (!known) return await insertRecord(trx, writer, dismissalRecord, worldId, { finding: key, ...values })
    const before = await lockRecord(trx, writer.principal, dismissalRecord, known.id)
    return await updateRecord(trx, writer, dismissalRecord, before, values)
  })
}

/** Takes back a dismissal. @throws {NotFoundError | RoleTooLowError | ChangedError} */
export async function reopenFinding(
  db: Database,
  writer: Writer,
  which: { readonly id: string; readonly version: number },
): Promise<{ id: string }> {
  return await deleteRecord(db, writer, dismissalRecord, which)
}

/** Brings back a dismissal that was taken back. @throws {NotFoundError | RoleTooLowError} */
export async function restoreDismissal(trx: Database, writer: Writer, id: string): Promise<Dismissal> {
  const before = await lockRecord(trx, writer.principal, dismissalRecord, id, { state: 'deleted' })
  return await setRecordDeleted(trx, writer, dismissalRecord, before, false)
}

/** @throws {NotFoundError | RoleTooLowError | ChangedError} */
export async function updateDismissal(
  trx: Database,
  writer: Writer,
  { id, version, ...values }: { readonly id: string; readonly version: number },
): Promise<Dismissal> {
  const before = await lockRecord(trx, writer.principal, dismissalRecord, id, { version })
  return await updateRecord(trx, writer, dismissalRecord, before, values)
}

async function findDismissals(db: Database, worldId: string) {
  const rows = await db
    .selectFrom('continuityDismissals')
    .leftJoin('users', 'users.id', 'continuityDismissals.userId')
    .where('worldId', '=', worldId)
    .where('deletedAt', 'is', null)
    .select(['continuityDismissals.id', 'finding', 'basis', 'reason', 'userId', 'users.displayName as userName'])
    .select(['continuityDismissals.version', 'continuityDismissals.createdAt'])
    .execute()
  return new Map(rows.map((row) => [row.finding, row]))
}

type DismissalRow = Awaited<ReturnType<typeof findDismissals>> extends Map<string, infer Row> ? Row : never

function toDismissal({ id, version, reason, userId, userName, createdAt }: DismissalRow): Finding['dismissal'] {
  return { id, version, reason, userId, userName, createdAt }
}

function toFinding({ calendar }: KnownWorld, key: string, { rule, certainty, message, entries }: Contradiction) {
  return {
    ...{ key, rule, certainty, message },
    entries: entries.map(({ entry: { id, kind, displayName, dates }, field }) => {
      const date = (field && dates.get(field)?.date) || null
      return { id, kind, displayName, field, date, text: date && formatWorldDate(calendar, date) }
    }),
  }
}
