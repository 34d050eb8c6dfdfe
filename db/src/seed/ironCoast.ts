import type { Database } from '../database.ts'
import type { EntityKind } from '../generated/types.ts'
import { logSeededWorld } from './logSeededWorld.ts'

/** A small world with entries of every kind except images, which need files. */
export async function seedIronCoast(db: Database, ownerId: string, viewerId: string): Promise<void> {
  const world = await db
    .insertInto('worlds')
    .values({
      ownerId,
      name: 'The Iron Coast',
      displayName: 'The Iron Coast',
      description:
        'A drowned shoreline where lighthouses are kept burning against something older than ships, and every family owes the sea a debt.',
      body: [
        'Forty lighthouses stand between Harrowgate and the Teeth. Nobody remembers who built them; everybody remembers what happened the winter one went dark.',
        '## What everyone knows',
        '- The tide bells ring **before** the tide.\n- Iron rusts overnight below the high-water line, except on the one day a year it does not.\n- A keeper never says the name of the light next to theirs.',
        '## What almost nobody knows',
        'The lights are not a warning to ships. They are a wall.',
      ].join('\n\n'),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('worldMembers')
    .values([
      { worldId: world.id, userId: ownerId, role: 'owner' },
      { worldId: world.id, userId: viewerId, role: 'viewer' },
    ])
    .execute()

  const add = async (kind: EntityKind, name: string, description: string) => {
    const values = { worldId: world.id, ownerId, kind, name, displayName: name, description }
    const { id } = await db.insertInto('entities').values(values).returning('id').executeTakeFirstOrThrow()
    return { id, worldId: world.id }
  }

  const harrowgate = await add('location', 'Harrowgate', 'A harbour town built on the wrecks of its own fleet.')
  const light = await add('location', 'The Ninth Light', 'The lighthouse that went dark for one night.')
  await db
    .insertInto('locations')
    .values([
      { ...harrowgate, locationKind: 'town' },
      { ...light, locationKind: 'lighthouse', parentId: null },
    ])
    .execute()

  const wren = await add(
    'persona',
    'Wren Halloran',
    'Keeper of the Ninth Light, who has not slept in a bed for six years.',
  )
  const bastian = await add('persona', 'Bastian Oar', 'Tide-bell founder, deaf since the great ringing.')
  await db
    .insertInto('personas')
    .values([
      { ...wren, epithet: 'the Sleepless', pronouns: 'she/her', motivations: 'To learn what her father saw.' },
      { ...bastian, epithet: 'Bell-father', pronouns: 'he/him', motivations: 'To unmake the bell he is proudest of.' },
    ])
    .execute()

  const bell = await add(
    'thing',
    'The Low Bell',
    'It rings once for every keeper lost, and it has begun to ring early.',
  )
  await db
    .insertInto('things')
    .values({ ...bell, thingKind: 'bell', ownerPersonaId: bastian.id })
    .execute()

  const story = await add('story', 'The Night the Ninth Went Dark', 'One night, one lamp, and what came up the stairs.')
  await db
    .insertInto('stories')
    .values({
      ...story,
      logline: 'A keeper has until dawn to relight a lamp that does not want to burn.',
      genre: 'Gothic',
      status: 'draft',
    })
    .execute()
  const book = await add('book', 'Salt Debts', 'The first collection of Iron Coast stories.')
  await db.insertInto('books').values(book).execute()
  await db
    .insertInto('bookStories')
    .values({ bookId: book.id, storyId: story.id, worldId: world.id, position: 'a0' })
    .execute()

  const act = await add('act', 'Low Water', 'The harbour empties further than anyone has seen.')
  await db
    .insertInto('acts')
    .values({ ...act, storyId: story.id, position: 'a0' })
    .execute()
  const scene = await add('scene', 'The bell rings early', 'Bastian climbs the tower to find nobody at the rope.')
  await db
    .insertInto('scenes')
    .values({
      ...scene,
      actId: act.id,
      position: 'a0',
      mood: 'dread',
      purpose: 'Break the rule that bells follow tides.',
      locationId: harrowgate.id,
    })
    .execute()
  await db.insertInto('scenePersonas').values({ sceneId: scene.id, personaId: bastian.id, worldId: world.id }).execute()
  await db.insertInto('sceneThings').values({ sceneId: scene.id, thingId: bell.id, worldId: world.id }).execute()
  await logSeededWorld(db, world.id)
}
