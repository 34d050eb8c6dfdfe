import type { KnownPrincipal } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import { type Calendar, type EntityDefinition, NotFoundError, rangeOf, scene, wholeEntry } from '@worldloom/schema'
import { type RawBuilder, sql } from 'kysely'
import { findEntity } from '../entities/read.ts'
import type { AnyEntity } from '../entities/select.ts'
import { calendarOf } from './calendar.ts'

/**
 * The world as it is at the moment of a scene: what has not begun yet is not there, and what is only known later is hidden,
 * namely what is marked as a spoiler until a later scene, and the later acts and scenes of the same story.
 */
export class SceneView {
  readonly sceneId: string
  readonly worldId: string
  /** The day number at which the scene begins; null if it has no date. */
  readonly moment: number | null
  /** Entries that are not known at all. */
  readonly hidden: readonly string[]
  /** Fields that are not known, of entries that are. */
  readonly hiddenFields: ReadonlyMap<string, ReadonlySet<string>>
  readonly #calendar: Calendar
  readonly #hiddenIds: ReadonlySet<string>

  constructor(
    sceneId: string,
    worldId: string,
    calendar: Calendar,
    moment: number | null,
    hidden: readonly { readonly id: string; readonly field: string }[],
  ) {
    this.sceneId = sceneId
    this.worldId = worldId
    this.moment = moment
    this.#calendar = calendar
    this.#hiddenIds = new Set(hidden.filter(({ field }) => field === wholeEntry).map(({ id }) => id))
    this.hidden = [...this.#hiddenIds]
    const fields = new Map<string, Set<string>>()
    for (const { id, field } of hidden) {
      if (!this.#hiddenIds.has(id)) fields.set(id, (fields.get(id) ?? new Set()).add(field))
    }
    this.hiddenFields = fields
  }

  hides(id: string): boolean {
    return this.#hiddenIds.has(id)
  }

  /** A text of an entry; empty if it is not known yet. */
  visible(id: string, field: string, value: string): string {
    return this.hiddenFields.get(id)?.has(field) ? '' : value
  }

  /** Whether an entry, in a statement over `entities`, is there and known. */
  admits(): RawBuilder<boolean> {
    return sql<boolean>`search_admits(entities.id, null, ${this.hidden.length > 0 ? this.hidden : null}::uuid[], ${this.moment}::double precision)`
  }

  /** Whether an entry matches a search without its hidden fields. */
  stillMatches(id: RawBuilder<string>, ...queries: readonly RawBuilder<string>[]): RawBuilder<boolean> {
    const partly = JSON.stringify(Object.fromEntries([...this.hiddenFields].map(([id, fields]) => [id, [...fields]])))
    const hidden = sql`array(select jsonb_array_elements_text(${partly}::jsonb -> ${id}::text))`
    const matches = queries.map((query) => sql`search_visible(${id}, ${hidden}) @@ ${query}`)
    return sql<boolean>`(not ${partly}::jsonb ? ${id}::text or ${sql.join(matches, sql` or `)})`
  }

  /**
   * An entry as it is then.
   *
   * @throws {NotFoundError} if it is not there yet, or not known
   */
  entry<Row extends AnyEntity>(definition: EntityDefinition, entity: Row): Row {
    if (entity.worldId !== this.worldId || this.hides(entity.id)) throw new NotFoundError(definition.wording.one)
    const shown = { ...entity, spoilers: {} } as unknown as Record<string, unknown> // the columns by name
    if (this.hides(String(shown.coverId))) shown.coverId = null
    for (const [field, { control, initial }] of Object.entries(definition.fields)) {
      if (control.as === 'reference' && this.hides(String(shown[field]))) shown[field] = initial
      if (control.as !== 'worldDate' || this.moment === null) continue
      const range = rangeOf(this.#calendar, String(shown[field]))
      if (!range || range.begins <= this.moment) continue
      if (control.marks !== 'end') throw new NotFoundError(definition.wording.one)
      shown[field] = initial
      // What is told of the end in free words is about the same.
      if (field === 'diedOn') shown.died = ''
    }
    for (const field of this.hiddenFields.get(entity.id) ?? []) {
      shown[field] =
        field === 'displayName' ? entity.name : field in definition.fields ? definition.fields[field]?.initial : ''
    }
    return shown as Row // the same columns
  }

  /** Whether something that holds between two dates of the world holds then. */
  holds(beganOn: string | null, endedOn: string | null): boolean {
    if (this.moment === null) return true
    const began = beganOn === null ? undefined : rangeOf(this.#calendar, beganOn)
    const ended = endedOn === null ? undefined : rangeOf(this.#calendar, endedOn)
    return (!began || began.begins <= this.moment) && (!ended || ended.ends > this.moment)
  }
}

interface SceneRow {
  readonly id: string
  readonly worldId: string
  readonly storyId: string
  readonly calendar: Calendar | null
  readonly moment: number | null
}

/**
 * @param worldId the world that the scene has to be in; any, if omitted
 * @throws {NotFoundError} for a scene that the caller may not see
 */
export async function findSceneView(
  db: Database,
  principal: KnownPrincipal,
  sceneId: string,
  worldId?: string,
): Promise<SceneView> {
  const { worldId: ofScene } = await findEntity(db, principal, scene, sceneId)
  if (worldId !== undefined && worldId !== ofScene) throw new NotFoundError('scene')
  return await sceneViewOf(db, sceneId)
}

/** As {@link findSceneView}, for callers that have checked that the scene may be seen. */
async function sceneViewOf(db: Database, sceneId: string): Promise<SceneView> {
  const { rows } = await sql<SceneRow>`
    select scenes.id, scenes.world_id as "worldId", acts.story_id as "storyId", worlds.calendar,
      (select begins from world_dates where entity_id = scenes.id and field = 'happensOn') as moment
    from scenes join acts on acts.id = scenes.act_id join worlds on worlds.id = scenes.world_id
    where scenes.id = ${sceneId}`.execute(db)
  const [given] = rows
  if (!given) throw new NotFoundError('scene')
  const { rows: hidden } = await sql<{ id: string; field: string }>`
    with given as (
      select acts.story_id, acts.position as act, scenes.position as scene
      from scenes join acts on acts.id = scenes.act_id where scenes.id = ${sceneId}
    )
    select spoilt.id, spoilers.key as field
    from given, entities spoilt
    cross join lateral jsonb_each_text(spoilt.spoilers) as spoilers
    left join scenes until on until.id = spoilers.value::uuid
    left join acts on acts.id = until.act_id
    left join world_dates on world_dates.entity_id = until.id and world_dates.field = 'happensOn'
    where spoilt.world_id = ${given.worldId} and spoilt.spoilers <> '{}'
      -- Known in the same story up to here, and in others up to this moment.
      and not coalesce(
        case when acts.story_id = given.story_id then (acts.position, until.position) <= (given.act, given.scene)
          else world_dates.begins <= ${given.moment}::double precision end,
        false
      )
    union all
    select scenes.id, ${wholeEntry} from given, acts join scenes on scenes.act_id = acts.id
    where acts.story_id = given.story_id and (acts.position, scenes.position) > (given.act, given.scene)
    union all
    select acts.id, ${wholeEntry} from given, acts where acts.story_id = given.story_id and acts.position > given.act
  `.execute(db)
  return new SceneView(sceneId, given.worldId, calendarOf(given.calendar), given.moment, hidden)
}

/** Which of some entries are there and known at the moment of a view. */
export async function findAdmitted(db: Database, view: SceneView, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('entities')
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .where(view.admits())
    .select('id')
    .execute()
  return new Set(rows.map(({ id }) => id))
}
