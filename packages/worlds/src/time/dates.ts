import type { Database } from '@worldloom/db'
import {
  BadInputError,
  type Calendar,
  type DateMark,
  type EntityDefinition,
  type EntityKind,
  parseWorldDate,
  rangeOf,
} from '@worldloom/schema'
import { sql } from 'kysely'
import { findCalendar } from './calendar.ts'

/** The fields of a kind with world dates. */
export function dateFields({ fields }: EntityDefinition): { readonly field: string; readonly marks: DateMark }[] {
  return Object.entries(fields).flatMap(([field, { control }]) =>
    control.as === 'worldDate' ? [{ field, marks: control.marks }] : [],
  )
}

/** The dates of a link. */
export const linkDateFields: readonly { readonly field: 'beganOn' | 'endedOn'; readonly marks: DateMark }[] = [
  { field: 'beganOn', marks: 'begin' },
  { field: 'endedOn', marks: 'end' },
]

/**
 * Reads the given dates in the calendar of a world, so that they can be stored.
 *
 * @param fields those that have dates
 * @returns the given values with the dates as they are stored; the calendar only if there are dates among them
 * @throws {BadInputError} naming the field, for what is no date of that calendar
 */
export async function readDates<Given extends object>(
  db: Database,
  worldId: string,
  fields: readonly { readonly field: string }[],
  given: Given,
): Promise<{ readonly values: Given; readonly calendar?: Calendar }> {
  const values = new Map<string, unknown>(Object.entries(given))
  const written = fields.filter(({ field }) => typeof values.get(field) === 'string')
  const emptied = fields.filter(({ field }) => values.get(field) === null)
  if (written.length === 0 && emptied.length === 0) return { values: given }
  const calendar = await findCalendar(db, worldId)
  const faults: Record<string, string[]> = {}
  for (const { field } of written) {
    const text = String(values.get(field))
    const { date, error } = text === '' ? { date: null, error: undefined } : parseWorldDate(calendar, text)
    if (error === undefined) values.set(field, date)
    else faults[field] = [error]
  }
  if (Object.keys(faults).length > 0) throw new BadInputError(faults)
  return { values: Object.fromEntries(values) as Given, calendar } // the same fields
}

/** What has dates. */
export interface Dated {
  readonly entity?: { readonly id: string; readonly kind: EntityKind }
  readonly linkId?: string
}

/**
 * Writes the day numbers of dates, in the transaction that writes the dates.
 *
 * @param stored has the dates, by field
 */
export async function writeDates(
  trx: Database,
  worldId: string,
  { entity, linkId }: Dated,
  calendar: Calendar,
  fields: readonly { readonly field: string; readonly marks: DateMark }[],
  stored: object,
): Promise<void> {
  const values = new Map<string, unknown>(Object.entries(stored))
  const rows = fields.flatMap(({ field, marks }) => {
    const date = values.get(field)
    const range = typeof date === 'string' ? rangeOf(calendar, date) : undefined
    return range ? [{ field, marks, ...range }] : []
  })
  await trx
    .deleteFrom('worldDates')
    .$if(entity !== undefined, (query) => query.where('entityId', '=', entity?.id ?? ''))
    .$if(linkId !== undefined, (query) => query.where('linkId', '=', linkId ?? ''))
    .execute()
  if (rows.length === 0) return
  const of = { worldId, entityId: entity?.id ?? null, kind: entity?.kind ?? null, linkId: linkId ?? null }
  await trx
    .insertInto('worldDates')
    .values(rows.map((row) => ({ ...of, ...row })))
    .execute()
}

/** The dates of a world that are stored, with their field, in no particular order. */
export interface StoredDate {
  readonly entityId: string | null
  readonly linkId: string | null
  readonly kind: EntityKind | null
  readonly field: string
  readonly marks: DateMark
  readonly date: string
}

/** A statement for all dates of a world, from the definitions of its kinds. */
export async function findStoredDates(
  db: Database,
  worldId: string,
  definitions: readonly EntityDefinition[],
): Promise<StoredDate[]> {
  const ofKinds = definitions.flatMap((definition) =>
    dateFields(definition).map(({ field, marks }) => {
      const column = sql.ref(`${definition.plural}.${field}`)
      return sql`select ${sql.ref(`${definition.plural}.id`)} as "entityId", null::uuid as "linkId",
        ${sql.lit(definition.kind)}::entity_kind as kind, ${sql.lit(field)} as field, ${sql.lit(marks)} as marks, ${column} as date
        from ${sql.table(definition.plural)}
        where ${sql.ref(`${definition.plural}.worldId`)} = ${worldId} and ${column} is not null`
    }),
  )
  const ofLinks = linkDateFields.map(({ field, marks }) => {
    const column = sql.ref(`links.${field}`)
    return sql`select null::uuid, id, null::entity_kind, ${sql.lit(field)}, ${sql.lit(marks)}, ${column}
      from links where world_id = ${worldId} and ${column} is not null`
  })
  const { rows } = await sql<StoredDate>`${sql.join([...ofKinds, ...ofLinks], sql` union all `)}`.execute(db)
  return rows
}
