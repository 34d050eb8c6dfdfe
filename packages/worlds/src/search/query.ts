import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, decodeCursor, type SortKey, toPage } from '@worldloom/db'
import { type EntityKind, maxHits, type searchPage, type searchQueryInput } from '@worldloom/schema'
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { findSceneView, type SceneView } from '../time/sceneView.ts'
import { findExcerpts } from './excerpts.ts'
import { findNearWords } from './near.ts'
import { findSearchScope, type SearchScope } from './scope.ts'
import {
  asSearchTerms,
  completable,
  type NearWords,
  nameConfiguration,
  parseTerms,
  type Queries,
  type Terms,
  toQueries,
} from './terms.ts'

type Input = z.output<typeof searchQueryInput>

interface Found {
  readonly id: string
  readonly worldId: string
  readonly kind: EntityKind
  readonly name: string
  readonly displayName: string
  readonly description: string
  readonly isNear: boolean
}

/** The queries for names and for all texts. */
export interface Searched {
  readonly named: Queries
  readonly written: Queries
  /** The last word, if the words that begin with it can be looked up. */
  readonly beginning: string | null
}

/**
 * Entries by words in their names and texts, in one world or in all that the caller may read: names before descriptions
 * before other texts, and what is exactly there before what is near.
 *
 * @throws {NotFoundError} for a world or scene that the caller may not see
 * @throws {BadInputError} for a text without anything to look for
 * @throws {BadCursorError}
 */
export async function searchEntries(
  db: Database,
  principal: KnownPrincipal,
  input: Input,
): Promise<z.output<typeof searchPage>> {
  const { worldId, text, tags, kinds, atScene, limit, cursor } = input
  const terms = parseTerms(text)
  const [scope, view] = await Promise.all([
    findSearchScope(db, principal, input),
    atScene ? findSceneView(db, principal, atScene, worldId) : undefined,
  ])
  const list = JSON.stringify(['search', worldId, text, kinds, tags, atScene])
  const start = cursor === undefined ? 0 : Number(decodeCursor(list, cursor, rankKey).value)
  if (scope.worldCount === 0) return { items: [], corrections: [], nextCursor: null }

  const wanted = Math.min(start + limit + 1, maxHits)
  const searched = queriesOf(terms, scope)
  const found = await findEntries(db, scope, { text, tags, view, wanted, ...searched })
  let all = found.map((row) => ({ ...row, isNear: false }))
  let near: NearWords | undefined
  let nearSearched = searched
  if (all.length < wanted && terms.phrases.length === 0) {
    near = await findNearWords(db, scope, terms, found.length === 0)
    if (near) {
      nearSearched = queriesOf(terms, scope, near)
      const others = await findEntries(db, scope, {
        text,
        tags,
        view,
        wanted,
        mostFurther: someFurther,
        ...nearSearched,
      })
      const known = new Set(all.map(({ id }) => id))
      all = [...all, ...others.filter(({ id }) => !known.has(id)).map((row) => ({ ...row, isNear: true }))]
    }
  }
  const rows = all.slice(start, start + limit + 1).map((row, index) => ({ ...row, sortKey: String(start + index + 1) }))
  const page = toPage(list, rows, limit)
  const excerpts = await findExcerpts(
    db,
    page.items.map(({ id }) => id),
    {
      configuration: scope.configurations[0] ?? nameConfiguration,
      any: nearSearched.written.any,
      anyInNames: nearSearched.named.any,
      words: [...terms.phrases, ...terms.words, terms.beginning ?? '', ...[...(near?.values() ?? [])].flat()].filter(
        Boolean,
      ),
      hidden: view?.hiddenFields ?? new Map(),
    },
  )
  return {
    items: page.items.map((row) => {
      const { field = 'name', excerpt = [] } = excerpts.get(row.id) ?? {}
      return { ...row, field, excerpt }
    }),
    // The words of a world tell more than is known at the moment of a scene.
    corrections: (view ? [] : [...(near ?? [])]).map(([word, words]) => ({ word, near: [...words] })),
    nextCursor: page.nextCursor,
  }
}

/** A search has no order but its own: its cursors count. */
const rankKey: SortKey = {
  expression: sql`rank`,
  text: sql<string>`rank::text`,
  type: 'bigint',
  parse: (text) => (/^\d{1,3}$/.test(text) && Number(text) <= maxHits ? text : undefined),
}

/** At least so many are ranked with one another, if there are. */
const rankedTogether = 50
/** For what was perhaps not meant, some of many worlds will do, besides those that were changed last. */
const someFurther = 40

export function queriesOf(terms: Terms, { configurations }: SearchScope, near?: NearWords): Searched {
  const perLanguage = configurations.map((configuration) => toQueries(terms, configuration, near))
  const either = (of: (queries: Queries) => RawBuilder<string | null>) =>
    sql<string>`(${sql.join(perLanguage.map(of), sql` || `)})`
  return {
    named: toQueries(terms, nameConfiguration, near),
    written: {
      all: either(({ all }) => all),
      any: either(({ any }) => any),
      unwanted: perLanguage[0]?.unwanted ?? sql<null>`null::tsquery`,
      finished: either(({ finished }) => finished),
      others: either(({ others }) => others),
    },
    beginning: completable(terms, near),
  }
}

interface Finding extends Searched {
  readonly text: string
  readonly tags: readonly string[] | undefined
  readonly view: SceneView | undefined
  readonly wanted: number
  /** In how many worlds is looked besides those that were changed last. */
  readonly mostFurther?: number
}

/** The best ones, in order. */
async function findEntries(
  db: Database,
  { worlds, kinds }: SearchScope,
  { named, written, beginning, text, tags, view, wanted, mostFurther }: Finding,
): Promise<Omit<Found, 'isNear'>[]> {
  const isVisible =
    view && view.hiddenFields.size > 0
      ? view.stillMatches(sql`document.entity_id`, named.all, written.all)
      : sql<boolean>`true`
  const { rows } = await sql<Omit<Found, 'isNear'>>`
    with queries as materialized (
      select ${asSearchTerms(named)} as named, ${asSearchTerms(written)} as written, ${written.unwanted} as unwanted,
        folded(${text}) as key
    ), found as materialized (
      select candidate.entity_id, candidate.stage, candidate.world_place
      from queries, search_candidates(
        ${worlds}::uuid[], ${kinds}::entity_kind[], ${tags && tags.length > 0 ? tags : null}::uuid[],
        queries.named, queries.written, folded(${beginning}), queries.unwanted, queries.key, ${wanted}::int, ${rankedTogether}::int, ${maxHits}::int,
        ${view && view.hidden.length > 0 ? view.hidden : null}::uuid[], ${view?.moment ?? null}::double precision, ${mostFurther ?? null}::int
      ) as candidate
    ), ranked as (
      select document.entity_id, row_number() over (
        order by found.stage, found.world_place, placed.tier,
          case when placed.tier >= 2 then ts_rank(document.texts, (queries.written).every) end desc,
          -- Of names, the shorter is nearer to what was typed.
          length(document.name_key), document.entity_id
      ) as place
      from queries, found join search_documents document on document.entity_id = found.entity_id, lateral (
        select case when document.name_key = queries.key then 0 when document.names @@ (queries.named).every then 1
          when ts_filter(document.texts, '{a,b}') @@ (queries.written).every then 2 else 3 end as tier
      ) as placed
      where ${isVisible}
      order by place limit ${wanted}::int
    )
    select entities.id, entities.world_id as "worldId", entities.kind, entities.name, entities.display_name as "displayName",
      entities.description
    from ranked join entities on entities.id = ranked.entity_id
    order by ranked.place`.execute(db)
  if (!view) return rows
  return rows.map((row) => ({
    ...row,
    displayName: view.visible(row.id, 'displayName', row.displayName) || row.name,
    description: view.visible(row.id, 'description', row.description),
  }))
}
