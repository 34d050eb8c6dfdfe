import type { Database } from '@worldloom/db'
import { type EntityDefinition, entities, type SearchHit, withoutMentions } from '@worldloom/schema'
import { type RawBuilder, sql } from 'kysely'
import { jsonBuildObject } from 'kysely/helpers/postgres'
import { ownColumn } from '../entities/select.ts'
import { nameConfiguration } from './terms.ts'

/** Characters that no text of an author needs: they mark what was found, and are taken out of the texts before. */
const [matchStart, matchEnd] = ['\u0002', '\u0003']
const marks = `StartSel=${matchStart}, StopSel=${matchEnd}`
/** What is no longer is shown whole. */
const shortText = 200
/** How much of a body is looked at for an excerpt, around the first word that was found. */
const window = 2000

export interface Excerpt {
  readonly id: string
  readonly field: string
  readonly excerpt: SearchHit['excerpt']
}

/**
 * Where entries were found, and the words around: the names first, then the description, the kind's own texts and the body.
 *
 * @param wanted one of the words searched for, and whether the text is a name
 * @param words as they were typed, to find the place in long texts
 * @param hidden fields that are not to be shown, by entry
 */
export async function findExcerpts(
  db: Database,
  ids: readonly string[],
  {
    configuration,
    any,
    anyInNames,
    words,
    hidden,
  }: {
    readonly configuration: string
    readonly any: RawBuilder<string>
    readonly anyInNames: RawBuilder<string>
    readonly words: readonly string[]
    readonly hidden: ReadonlyMap<string, ReadonlySet<string>>
  },
): Promise<Map<string, Excerpt>> {
  if (ids.length === 0) return new Map()
  const given = sql`${configuration}::regconfig`
  const hiddenFields = JSON.stringify(Object.fromEntries([...hidden].map(([id, fields]) => [id, [...fields]])))
  const isHidden = (field: RawBuilder<string>) =>
    sql<boolean>`coalesce(${hiddenFields}::jsonb -> entry.id::text ? ${field}, false)`
  const matching = (
    field: string,
    text: RawBuilder<string>,
    textConfiguration: RawBuilder<unknown>,
    wanted: RawBuilder<string>,
  ) =>
    sql`case when not ${isHidden(sql.lit(field))} and to_tsvector(${textConfiguration}, ${text}) @@ ${wanted}
      then array[${sql.lit(field)}, ${text}] end`
  const ofNames = sql`${nameConfiguration}::regconfig`
  // Each text is only read if it is not found before.
  const { rows } = await sql<{ id: string; field: string; excerpt: string }>`
    select entry.id, found.found[1] as field,
      ts_headline(
        ${given}, translate(found.found[2], ${matchStart + matchEnd}, ''), ${any} || ${anyInNames},
        case when length(found.found[2]) <= ${shortText}::int then ${`${marks}, HighlightAll=true`}
          else ${`${marks}, MaxWords=35, MinWords=20, MaxFragments=1`} end
      ) as excerpt
    from entities entry
    cross join lateral (
      select coalesce(
        ${matching('displayName', sql`entry.display_name`, ofNames, anyInNames)},
        ${matching('name', sql`entry.name`, ofNames, anyInNames)},
        ${matching('description', sql`entry.description`, given, any)},
        (
          select array[own.key, own.value] from jsonb_each_text(${ownTexts()}) as own
          where not ${isHidden(sql`own.key`)} and to_tsvector(${given}, own.value) @@ ${any} limit 1
        ),
        case when not ${isHidden(sql`'body'`)} then array['body', (
          select substr(entry.body, greatest(1, coalesce(min(nullif(position(word in lower(entry.body)), 0)), 1) - ${window / 4}::int), ${window}::int)
          from unnest(${words.map((word) => word.toLowerCase())}::text[]) as word
        )] end,
        case when ${isHidden(sql`'displayName'`)} then array['name', entry.name] else array['displayName', entry.display_name] end
      ) as found
    ) as found
    where entry.id = any (${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, field, excerpt }) => [id, { id, field, excerpt: toParts(excerpt) }]))
}

/** The texts of a kind's own, as JSON. */
function ownTexts(): RawBuilder<unknown> {
  const ofKinds = Object.values<EntityDefinition>(entities).map((definition) => {
    const columns = Object.entries(definition.fields)
      .filter(([, { control }]) => control.as === 'line' || control.as === 'paragraph')
      .map(([name]) => [name, ownColumn(definition, name)] as const)
    return sql`when ${sql.lit(definition.kind)} then (
      select ${jsonBuildObject(Object.fromEntries(columns))}::jsonb from ${sql.table(definition.plural)}
      where ${ownColumn(definition, 'id')} = entry.id
    )`
  })
  return sql`case entry.kind ${sql.join(ofKinds, sql` `)} end`
}

function toParts(excerpt: string): SearchHit['excerpt'] {
  const plain = withoutMentions(excerpt)
    .replaceAll(/\]\(entry:[0-9a-f-]*\)?/gi, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
  return plain
    .split(matchStart)
    .flatMap((piece, index) => {
      if (index === 0) return [{ text: piece, isMatch: false }]
      const [match = '', ...rest] = piece.split(matchEnd)
      return [
        { text: match, isMatch: true },
        { text: rest.join(''), isMatch: false },
      ]
    })
    .filter(({ text }) => text !== '')
}
