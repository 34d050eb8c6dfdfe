import { isDeepStrictEqual } from 'node:util'
import { type Actor, actorColumns } from '@worldloom/auth'
import { afterCommit, type Changes, type Database, type JsonValue, preparedQuery, runLast } from '@worldloom/db'
import type { ChangeAction, ChangeSubjectKind } from '@worldloom/schema'
import { type Selectable, sql } from 'kysely'
import { announce, worldChannel } from '../live/announce.ts'

/** A change to a world, to its members or to one of its entries. */
export interface Change {
  readonly action: ChangeAction
  readonly subject: { readonly kind: ChangeSubjectKind; readonly id: string; readonly name: string }
  /** After the change; null for members. */
  readonly version: number | null
  /** The values that it replaced, by field. */
  readonly previous?: Readonly<Record<string, unknown>>
}

/**
 * Writes changes to a world's log, and announces them once they are committed. From then until the end of the transaction
 * no other change to the world can be logged, so this comes last.
 *
 * @param trx the transaction of the changes, of `inTransaction`
 */
export async function recordChanges(
  trx: Database,
  actor: Actor,
  worldId: string,
  changes: readonly Change[],
): Promise<void> {
  if (changes.length === 0) return
  const by = { worldId, ...actorColumns(actor), viaChat: actor.viaChat ?? false }
  const [first, ...others] = changes.map(({ action, subject, version, previous = {} }) => ({
    ...{ action, version, previous },
    ...{ subjectKind: subject.kind, subjectId: subject.id, subjectName: subject.name },
  }))
  await runLast(trx, () =>
    first && others.length === 0
      ? insertChange(trx, { ...by, ...first, previous: JSON.stringify(first.previous) })
      : insertChanges(trx, { ...by, count: changes.length, rows: JSON.stringify([first, ...others]) }),
  )
  afterCommit(trx, (db) => announce(db, worldChannel, worldId))
}

type By = {
  worldId: string
  actorKind: string
  actorId: string | null
  actorName: string | null
  apiKeyId: string | null
  viaChat: boolean
  requestId: string | null
}

/** Takes the next positions of a world. @returns a query with the last of them, as `head` */
function takePositions(db: Database, worldId: string, count: number) {
  return db.with('head', (cte) =>
    cte
      .insertInto('changeHeads')
      .values({ worldId, position: sql`${count}::bigint` })
      .onConflict((conflict) =>
        conflict.column('worldId').doUpdateSet({ position: sql`change_heads.position + excluded.position` }),
      )
      .returning('position'),
  )
}

const columns = [
  ...(['worldId', 'position', 'action', 'subjectKind', 'subjectId', 'subjectName', 'version', 'previous'] as const),
  ...(['actorKind', 'actorId', 'actorName', 'apiKeyId', 'viaChat', 'requestId'] as const),
]

const byWhom = (given: By) => [
  sql<string>`${given.actorKind}::text`.as('actorKind'),
  sql<string | null>`${given.actorId}::uuid`.as('actorId'),
  sql<string | null>`${given.actorName}::text`.as('actorName'),
  sql<string | null>`${given.apiKeyId}::uuid`.as('apiKeyId'),
  sql<boolean>`${given.viaChat}::boolean`.as('viaChat'),
  sql<string | null>`${given.requestId}::text`.as('requestId'),
]

type One = By & {
  action: ChangeAction
  subjectKind: string
  subjectId: string
  subjectName: string
  version: number | null
  /** JSON. */
  previous: string
}

/** By far the most are one: without JSON, PostgreSQL has less to do. */
const insertChange = preparedQuery((db, given: One) =>
  takePositions(db, given.worldId, 1)
    .insertInto('changes')
    .columns(columns)
    .expression((eb) =>
      eb
        .selectFrom('head')
        .select([
          sql<string>`${given.worldId}::uuid`.as('worldId'),
          'head.position',
          sql<ChangeAction>`${given.action}::change_action`.as('action'),
          sql<string>`${given.subjectKind}::text`.as('subjectKind'),
          sql<string>`${given.subjectId}::uuid`.as('subjectId'),
          sql<string>`${given.subjectName}::text`.as('subjectName'),
          sql<number | null>`${given.version}::integer`.as('version'),
          sql<JsonValue>`${given.previous}::jsonb`.as('previous'),
          ...byWhom(given),
        ]),
    ),
)

type Several = By & {
  count: number
  /** JSON: an array of changes. */
  rows: string
}

const insertChanges = preparedQuery((db, given: Several) =>
  takePositions(db, given.worldId, given.count)
    .insertInto('changes')
    .columns(columns)
    .expression((eb) =>
      eb
        .selectFrom([
          'head',
          sql<ChangeRow>`rows from (
            jsonb_to_recordset(${given.rows}::jsonb) as (
              action change_action, "subjectKind" text, "subjectId" uuid, "subjectName" text, version integer, previous jsonb
            )
          ) with ordinality`.as<'change'>(
            sql`change (action, subject_kind, subject_id, subject_name, version, previous, number)`,
          ),
        ])
        .select([
          sql<string>`${given.worldId}::uuid`.as('worldId'),
          sql<string>`head.position - ${given.count}::bigint + change.number`.as('position'),
          'change.action',
          'change.subjectKind',
          'change.subjectId',
          'change.subjectName',
          'change.version',
          'change.previous',
          ...byWhom(given),
        ]),
    ),
)

type ChangeRow = Pick<
  Selectable<Changes>,
  'action' | 'subjectKind' | 'subjectId' | 'subjectName' | 'version' | 'previous'
>

/** What was changed, as it is after the change. */
interface Changed {
  readonly id: string
  readonly kind: ChangeSubjectKind
  readonly displayName: string
  readonly version: number | null
}

export function changeOf(
  action: ChangeAction,
  { id, kind, displayName, version }: Changed,
  previous?: Readonly<Record<string, unknown>>,
): Change {
  return { action, subject: { kind, id, name: displayName }, version, ...(previous && { previous }) }
}

/** Fields that every change sets. */
const always = new Set(['version', 'updatedAt'])

/** The values that a change replaced: those of the fields that differ. */
export function previousOf(before: object, after: object): Record<string, unknown> {
  const now = new Map<string, unknown>(Object.entries(after))
  return Object.fromEntries(
    Object.entries(before).filter(
      ([field, value]) => !always.has(field) && now.has(field) && !isDeepStrictEqual(value, now.get(field)),
    ),
  )
}
