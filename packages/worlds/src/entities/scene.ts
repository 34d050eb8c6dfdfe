import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import { NotFoundError, type SceneParts, scene } from '@worldloom/schema'
import { sql } from 'kysely'
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres'
import { reaches } from '../reach.ts'
import type { Writer } from '../writer.ts'
import { linkedIds } from './links.ts'
import { holdReferences, lockForChange } from './lock.ts'
import { selectReadable } from './select.ts'
import { recordLinkChange } from './write.ts'

/** The cast, things and place of a scene, in one statement. @throws {NotFoundError} */
export async function findSceneParts(db: Database, principal: KnownPrincipal, id: string): Promise<SceneParts> {
  const found = await selectReadable(db, scene, principal.user.id)
    .innerJoin('scenes as own', 'own.id', 'entities.id')
    .where('entities.id', '=', id)
    .select('entities.worldId')
    .select((eb) => {
      const briefs = eb
        .selectFrom('entities as part')
        .where('part.deletedAt', 'is', null)
        .orderBy(sql`lower(part.name)`)
        .select(['part.id', 'part.name', 'part.displayName', 'part.description'])
      return [
        jsonObjectFrom(briefs.whereRef('part.id', '=', 'own.locationId')).as('location'),
        jsonArrayFrom(
          briefs
            .innerJoin('scenePersonas', 'scenePersonas.personaId', 'part.id')
            .whereRef('scenePersonas.sceneId', '=', 'own.id'),
        ).as('cast'),
        jsonArrayFrom(
          briefs
            .innerJoin('sceneThings', 'sceneThings.thingId', 'part.id')
            .whereRef('sceneThings.sceneId', '=', 'own.id'),
        ).as('things'),
      ]
    })
    .executeTakeFirst()
  if (!found || !reaches(principal, found.worldId)) throw new NotFoundError('scene')
  const { worldId: _, ...parts } = found
  return parts
}

interface SceneChange {
  readonly id: string
  readonly version: number
}

/** Sets the cast of a scene. @throws {NotFoundError | RoleTooLowError | ChangedError | BadInputError} */
export async function setCast(
  db: Database,
  { actor, principal }: Writer,
  { id, version, personaIds }: SceneChange & { readonly personaIds: readonly string[] },
): Promise<SceneParts> {
  return await inTransaction(db, async (trx) => {
    const before = await lockForChange(trx, principal, scene, id, { version, touching: ['personaIds'] })
    const { worldId } = before
    await holdReferences(trx, worldId, [{ field: 'personaIds', kind: 'persona', ids: personaIds }])
    const previous = await linkedIds(trx, 'personaIds', id)
    // Those in the trash stay, so that they are back in the scene when restored.
    await trx
      .deleteFrom('scenePersonas')
      .using('entities')
      .whereRef('entities.id', '=', 'scenePersonas.personaId')
      .where('entities.deletedAt', 'is', null)
      .where('sceneId', '=', id)
      .execute()
    const rows = [...new Set(personaIds)].map((personaId) => ({ sceneId: id, personaId, worldId }))
    if (rows.length > 0) await trx.insertInto('scenePersonas').values(rows).execute()
    await recordLinkChange(trx, actor, before, isAdding(previous, personaIds) ? 'link' : 'unlink', {
      personaIds: previous,
    })
    return await findSceneParts(trx, principal, id)
  })
}

/** Sets the things in a scene. @throws as {@link setCast} */
export async function setThings(
  db: Database,
  { actor, principal }: Writer,
  { id, version, thingIds }: SceneChange & { readonly thingIds: readonly string[] },
): Promise<SceneParts> {
  return await inTransaction(db, async (trx) => {
    const before = await lockForChange(trx, principal, scene, id, { version, touching: ['thingIds'] })
    const { worldId } = before
    await holdReferences(trx, worldId, [{ field: 'thingIds', kind: 'thing', ids: thingIds }])
    const previous = await linkedIds(trx, 'thingIds', id)
    await trx
      .deleteFrom('sceneThings')
      .using('entities')
      .whereRef('entities.id', '=', 'sceneThings.thingId')
      .where('entities.deletedAt', 'is', null)
      .where('sceneId', '=', id)
      .execute()
    const rows = [...new Set(thingIds)].map((thingId) => ({ sceneId: id, thingId, worldId }))
    if (rows.length > 0) await trx.insertInto('sceneThings').values(rows).execute()
    await recordLinkChange(trx, actor, before, isAdding(previous, thingIds) ? 'link' : 'unlink', { thingIds: previous })
    return await findSceneParts(trx, principal, id)
  })
}

function isAdding(previous: readonly string[], ids: readonly string[]): boolean {
  return ids.some((id) => !previous.includes(id))
}
