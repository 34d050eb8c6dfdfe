import { containing, type Database, decodeCursor, idKey, isAfter, toPage } from '@worldloom/db'
import type { AuditAction, auditExportInput, auditListInput } from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'

const columns = [
  'id',
  'at',
  'action',
  'outcome',
  'actorKind',
  'actorId',
  'actorName',
  'apiKeyId',
  'subjectKind',
  'subjectId',
  'subjectName',
  'ipAddress',
  'requestId',
  // An object, as recordEvent writes it; PostgreSQL would allow any JSON.
  sql<Record<string, unknown>>`details`.as('details'),
] as const

/** The audit log, newest first, a page at a time. @throws {BadCursorError} */
export async function listAuditEvents(db: Database, input: z.output<typeof auditListInput>) {
  const { limit, cursor, direction: _, ...filters } = input
  const list = `audit:${JSON.stringify(filters)}`
  let query = selectAuditEvents(db, filters).limit(limit + 1)
  if (cursor) query = query.where(isAfter(idKey, sql`id`, 'desc', decodeCursor(list, cursor, idKey)))
  const rows = await query.execute()
  return toPage(
    list,
    rows.map((row) => ({ ...row, sortKey: row.id })),
    limit,
  )
}

/** Every matching event, read a few hundred at a time, for export. */
export async function* streamAuditEvents(db: Database, filters: z.output<typeof auditExportInput>) {
  let last: string | undefined
  for (;;) {
    const query = selectAuditEvents(db, filters).limit(500)
    const rows = await (last ? query.where('id', '<', last) : query).execute()
    yield* rows
    last = rows.at(-1)?.id
    if (!last || rows.length < 500) return
  }
}

function selectAuditEvents(
  db: Database,
  { action, outcome, actorId, from, to, search }: z.output<typeof auditExportInput>,
) {
  // Ids are in chronological order.
  let query = db.selectFrom('auditEvents').select(columns).$narrowType<{ action: AuditAction }>().orderBy('id', 'desc')
  if (action) query = query.where('action', '=', action)
  if (outcome) query = query.where('outcome', '=', outcome)
  if (actorId) query = query.where('actorId', '=', actorId)
  if (from) query = query.where('at', '>=', new Date(from))
  if (to) query = query.where('at', '<', new Date(to))
  if (search) query = query.where(containing(search, ['actor_name', 'subject_name', 'ip_address', 'request_id']))
  return query
}
