import type { KnownPrincipal } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import { NotFoundError, type StoryOutline, story } from '@worldloom/schema'
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres'
import { reaches } from '../reach.ts'
import { selectReadable } from './select.ts'

/** The acts and scenes of a story in order, in one statement. @throws {NotFoundError} */
export async function outlineStory(db: Database, principal: KnownPrincipal, id: string): Promise<StoryOutline> {
  const outline = await selectReadable(db, story, principal.user.id)
    .where('entities.id', '=', id)
    .select(['entities.id', 'entities.worldId', 'entities.displayName'])
    .select((eb) =>
      jsonArrayFrom(
        eb
          // acts_story_id_position_key
          .selectFrom('acts')
          .innerJoin('entities as act', 'act.id', 'acts.id')
          .whereRef('acts.storyId', '=', 'entities.id')
          .where('act.deletedAt', 'is', null)
          .orderBy('acts.position')
          .select(['act.id', 'act.name', 'act.displayName', 'act.description', 'act.version'])
          .select((ofAct) =>
            jsonArrayFrom(
              ofAct
                // scenes_act_id_position_key
                .selectFrom('scenes')
                .innerJoin('entities as scene', 'scene.id', 'scenes.id')
                .whereRef('scenes.actId', '=', 'acts.id')
                .where('scene.deletedAt', 'is', null)
                .orderBy('scenes.position')
                .select(['scene.id', 'scene.name', 'scene.displayName', 'scene.description', 'scene.version'])
                .select(['scenes.purpose', 'scenes.mood', 'scenes.happensAt', 'scenes.happensOn', 'scene.coverId'])
                .select((ofScene) => [
                  jsonObjectFrom(
                    ofScene
                      .selectFrom('entities as place')
                      .whereRef('place.id', '=', 'scenes.locationId')
                      .where('place.deletedAt', 'is', null)
                      .select(['place.id', 'place.name', 'place.displayName']),
                  ).as('location'),
                  jsonArrayFrom(
                    ofScene
                      .selectFrom('scenePersonas')
                      .innerJoin('entities as persona', 'persona.id', 'scenePersonas.personaId')
                      .whereRef('scenePersonas.sceneId', '=', 'scenes.id')
                      .where('persona.deletedAt', 'is', null)
                      .orderBy('persona.name')
                      .select(['persona.id', 'persona.name', 'persona.displayName']),
                  ).as('cast'),
                ]),
            ).as('scenes'),
          ),
      ).as('acts'),
    )
    .executeTakeFirst()
  if (!outline || !reaches(principal, outline.worldId)) throw new NotFoundError('story')
  return outline
}
