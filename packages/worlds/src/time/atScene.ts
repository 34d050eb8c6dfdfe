import type { KnownPrincipal } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import { BadInputError, type EntityDefinition } from '@worldloom/schema'
import { sql } from 'kysely'
import { findEntity } from '../entities/read.ts'
import type { AnyEntity } from '../entities/select.ts'
import { findSceneView, type SceneView } from './sceneView.ts'

/**
 * An entry as it is in the world at the moment of a scene, without what is only known later.
 *
 * @throws {NotFoundError} also for what is not there yet, or not known
 * @throws {BadInputError} together with `asOf`: the two clocks are not read at once
 */
export async function findEntityAtScene(
  db: Database,
  principal: KnownPrincipal,
  definition: EntityDefinition,
  { id, atScene, asOf }: { readonly id: string; readonly atScene: string; readonly asOf?: string | undefined },
): Promise<AnyEntity> {
  if (asOf) throw new BadInputError({ atScene: ['Can’t be combined with asOf'] })
  const entity = await findEntity(db, principal, definition, id)
  const view = await findSceneView(db, principal, atScene, entity.worldId)
  return await viewEntity(db, definition, view, entity)
}

/** As {@link findEntityAtScene}, for an entry that has been read. @throws {NotFoundError} */
export async function viewEntity<Row extends AnyEntity>(
  db: Database,
  definition: EntityDefinition,
  view: SceneView,
  entity: Row,
): Promise<Row> {
  const seen = view.entry(definition, entity)
  if (definition.kind !== 'thing' || view.moment === null) return seen
  return { ...seen, ownerPersonaId: await ownerThen(db, view, seen) }
}

/** Who owns a thing by the links of that moment; without any such link, whom it belongs to. */
async function ownerThen(db: Database, view: SceneView, thing: AnyEntity & { ownerPersonaId?: unknown }) {
  const { rows } = await sql<{ fromId: string; fromKind: string; beganOn: string | null; endedOn: string | null }>`
    select from_id as "fromId", from_kind as "fromKind", began_on as "beganOn", ended_on as "endedOn"
    from links join link_kinds on link_kinds.id = links.link_kind_id and meaning = 'ownership'
    where links.to_id = ${thing.id} and links.deleted_at is null order by links.id`.execute(db)
  if (rows.length === 0) return thing.ownerPersonaId
  const owners = rows.filter(({ fromId, beganOn, endedOn }) => view.holds(beganOn, endedOn) && !view.hides(fromId))
  return owners.find(({ fromKind }) => fromKind === 'persona')?.fromId ?? null
}
