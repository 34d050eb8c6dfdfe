import { isDeepStrictEqual } from 'node:util'
import { type Database, preparedQuery } from '@worldloom/db'
import { sql } from 'kysely'

type Since = { subjectId: string; version: number }

/** How many versions after one the log has, and of each field the value that the first change after it replaced. */
const replacedAfter = preparedQuery((db, { subjectId, version }: Since) =>
  db
    .with('later', (cte) =>
      cte
        .selectFrom('changes')
        .where('subjectId', '=', subjectId)
        .where('version', '>', sql<number>`${version}::int`)
        .select(['position', 'version', 'previous']),
    )
    .with('replaced', (cte) =>
      cte
        .selectFrom('later')
        .innerJoinLateral(sql<{ key: string; value: unknown }>`jsonb_each(later.previous)`.as('field'), (join) =>
          join.onTrue(),
        )
        .distinctOn('field.key')
        .orderBy('field.key')
        .orderBy('later.position')
        .select(['field.key', 'field.value']),
    )
    .selectNoFrom((eb) => [
      eb
        .selectFrom('later')
        .select(({ fn }) => fn.count<string>('version').distinct().as('count'))
        .as('versions'),
      eb
        .selectFrom('replaced')
        .select(sql<Record<string, unknown> | null>`jsonb_object_agg(key, value)`.as('fields'))
        .as('fields'),
    ]),
)

/**
 * What was changed since a version of something: of each field the value that it had in that version.
 *
 * @param current its present version
 * @returns undefined if the log does not have every version since
 */
export async function replacedSince(
  db: Database,
  subjectId: string,
  version: number,
  current: number,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (version > current) return undefined
  const [found] = await replacedAfter(db, { subjectId, version })
  return Number(found?.versions) === current - version ? (found?.fields ?? {}) : undefined
}

/**
 * Merges a change that was made on an older version with what others have changed since: what they changed and the
 * change did not stays theirs.
 *
 * @param given the fields of the change
 * @param before everything as it is now
 * @returns the fields to write; undefined if both changed a field, or if the log does not say
 */
export async function mergeChange<Given extends object>(
  trx: Database,
  { id, version }: { readonly id: string; readonly version: number },
  given: Given,
  before: { readonly version: number },
): Promise<Given | undefined> {
  if (version === before.version) return given
  const base = await replacedSince(trx, id, version, before.version)
  if (!base) return undefined
  const present = new Map(Object.entries(before))
  const merged = Object.entries(given).filter(
    ([field, value]) => !(field in base) || !isDeepStrictEqual(value, base[field]),
  )
  const isConflict = merged.some(([field, value]) => field in base && !isDeepStrictEqual(value, present.get(field)))
  return isConflict ? undefined : (Object.fromEntries(merged) as Given) // some of its own fields
}
