import { type RawBuilder, sql } from 'kysely'

/** The display name after an update: if it equalled the name or was cleared, it follows the name. */
export function displayNameAfter(
  table: 'worlds' | 'entities',
  name: string | undefined,
  emptied: boolean,
): RawBuilder<string> {
  const current = sql.ref<string>(`${table}.name`)
  const next = name === undefined ? current : sql<string>`${name}`
  const shown = sql.ref<string>(`${table}.displayName`)
  return emptied ? next : sql<string>`case when ${shown} = ${current} then ${next} else ${shown} end`
}
