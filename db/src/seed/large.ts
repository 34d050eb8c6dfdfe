import { sql } from 'kysely'
import type { Database, DatabaseHandle } from '../database.ts'
import type { EntityKind } from '../generated/types.ts'
import { logSeededWorld } from './logSeededWorld.ts'

/** How many of each the large seed creates: a million in total. */
const counts = {
  persona: 200_000,
  location: 78_000,
  thing: 100_000,
  story: 2000,
  act: 20_000,
  scene: 600_000,
} as const satisfies Partial<Record<EntityKind, number>>

type Kind = keyof typeof counts
const kinds = Object.keys(counts) as Kind[]
const plurals = {
  persona: 'personas',
  location: 'locations',
  thing: 'things',
  story: 'stories',
  act: 'acts',
  scene: 'scenes',
} as const satisfies Record<Kind, string>

export const largeTotal = Object.values(counts).reduce((sum, count) => sum + count, 0)

const actsPerStory = 10
const scenesPerAct = 30
const batchSize = 20_000

/** Fractional indices in ascending order: `b` and two base-62 digits, of which there are 3,844. */
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const position = (index: string) =>
  sql.raw(`'b' || substr('${digits}', 1 + (${index}) / 62, 1) || substr('${digits}', 1 + (${index}) % 62, 1)`)

const syllables = ['ka', 'lor', 'en', 'mi', 'tha', 'ru', 'os', 'bel', 'dri', 'un', 'sha', 'vel']

/** Five thousand invented words. In the texts, the nth is about n times as rare as the first, as in any language. */
export const inventedWords: readonly string[] = Array.from({ length: 5000 }, (_, index) => {
  let word = ''
  for (let rest = index + syllables.length; rest > 0; rest = Math.floor(rest / syllables.length)) {
    word += syllables[rest % syllables.length]
  }
  return word
})

/** A word for each row `n`, always the same. @param place which of the row's words */
const wordOf = (place: number) =>
  sql`(${inventedWords}::text[])[floor(power(${inventedWords.length}::int, (hashint8extended(n, ${place}::int) & 1073741823) / 1073741824.0))]`

/**
 * A world of a million entries, for benchmarks and load tests. Belongs to the first user.
 *
 * @param options.share of the full size, for tests
 * @returns its id; undefined if there is no user to own it, or it exists already
 */
export async function seedLarge(
  db: DatabaseHandle['db'],
  onProgress: (entries: number) => void = () => {},
  { share = 1 }: { readonly share?: number } = {},
): Promise<string | undefined> {
  const countOf = (kind: Kind) => Math.ceil(counts[kind] * share)
  const owner = await db
    .selectFrom('users')
    .select('id')
    .orderBy(sql`email = 'mira@worldloom.example'`, 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (!owner) return undefined
  const id = await db.transaction().execute(async (trx) => {
    const world = await trx
      .insertInto('worlds')
      .values({
        ownerId: owner.id,
        name: 'The Long Shelf',
        displayName: 'The Long Shelf',
        description: 'A million entries, made by a seed: no author has so much time.',
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!world) return undefined
    await trx.insertInto('worldMembers').values({ worldId: world.id, userId: owner.id, role: 'owner' }).execute()
    // A million entries are indexed in a third of the time at once.
    for (const table of indexed) await sql`alter table ${sql.table(table)} disable trigger user`.execute(trx)
    await sql`create temporary table seeded (kind entity_kind, number int, id uuid, primary key (kind, number)) on commit drop`.execute(
      trx,
    )
    for (const kind of kinds) {
      const count = countOf(kind)
      for (let start = 1; start <= count; start += batchSize) {
        const end = Math.min(count, start + batchSize - 1)
        await insertBatch(trx, kind, world.id, owner.id, start, end, countOf)
        onProgress(end - start + 1)
      }
    }
    await sql`
      insert into scene_personas (scene_id, persona_id, world_id)
      select scene.id, persona.id, ${world.id}
      from seeded scene join seeded persona
        on persona.kind = 'persona' and persona.number = 1 + scene.number % ${sql.lit(countOf('persona'))}
      where scene.kind = 'scene'
    `.execute(trx)
    for (const table of indexed) await sql`alter table ${sql.table(table)} enable trigger user`.execute(trx)
    await withoutIndexes(trx, searched, async () => {
      await sql`select index_worlds(array[${world.id}]::uuid[])`.execute(trx)
    })
    await sql`
      insert into entity_degrees (entity_id, world_id, degree)
      select id, ${world.id}, count(*) from (
        select from_id as id from entity_edges where world_id = ${world.id}
        union all
        select to_id from entity_edges where world_id = ${world.id}
      ) as ends group by id
      on conflict do nothing`.execute(trx)
    await logSeededWorld(trx, world.id)
    return world.id
  })
  // Without statistics the planner assumes that the world is empty.
  if (id) for (const table of tables) await sql`vacuum analyze ${sql.table(table)}`.execute(db)
  return id
}

const indexed = [...Object.values(plurals), 'scene_personas']
const searched = ['search_documents', 'search_words', 'search_vocabulary']
const tables = ['entities', ...indexed, ...searched, 'entity_degrees']

/** Indexes are made in a tenth of the time once everything is there. Those of primary keys stay. */
async function withoutIndexes(db: Database, of: readonly string[], work: () => Promise<void>): Promise<void> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index where indrelid = any (${of}::regclass[]) and not indisprimary`.execute(db)
  for (const { name } of rows) await sql`drop index ${sql.raw(name)}`.execute(db)
  await work()
  await sql`set local maintenance_work_mem = '256MB'`.execute(db)
  for (const { definition } of rows) await sql.raw(definition).execute(db)
}

async function insertBatch(
  db: Database,
  kind: Kind,
  worldId: string,
  ownerId: string,
  start: number,
  end: number,
  countOf: (kind: Kind) => number,
): Promise<void> {
  await sql`
    with made as (
      insert into entities (world_id, owner_id, kind, name, display_name, description, created_at, updated_at)
      select ${worldId}, ${ownerId}, ${kind}::entity_kind, initcap(${kind}) || ' ' || n,
        initcap(${wordOf(0)} || ' ' || ${wordOf(1)}) || ' ' || n,
        concat_ws(' ', 'The', ${kind}::text, 'number', n, 'of the long shelf.', ${sql.join([2, 3, 4, 5, 6, 7, 8, 9].map(wordOf))}),
        now() - make_interval(secs => ${sql.lit(countOf(kind))} - n),
        now() - make_interval(secs => ${sql.lit(countOf(kind))} - n)
      from generate_series(${start}::int, ${end}::int) n
      returning id, name
    )
    insert into seeded (kind, number, id)
    select ${kind}::entity_kind, split_part(name, ' ', 2)::int, id from made
  `.execute(db)
  await insertOwn(db, kind, worldId, sql`number between ${start}::int and ${end}::int`, countOf)
}

async function insertOwn(
  db: Database,
  kind: Kind,
  worldId: string,
  isInBatch: ReturnType<typeof sql>,
  countOf: (kind: Kind) => number,
): Promise<void> {
  const batch = sql`from seeded where kind = ${kind}::entity_kind and ${isInBatch}`
  const other = (ofKind: string, number: string) =>
    sql`(select o.id from seeded o where o.kind = ${ofKind}::entity_kind and o.number = ${sql.raw(number)})`
  switch (kind) {
    case 'persona':
      await sql`insert into personas (id, world_id, epithet) select id, ${worldId}, 'the ' || number || 'th' ${batch}`.execute(
        db,
      )
      return
    case 'location':
      await sql`insert into locations (id, world_id, location_kind) select id, ${worldId}, 'shelf' ${batch}`.execute(db)
      return
    case 'thing':
      await sql`
        insert into things (id, world_id, thing_kind, owner_persona_id)
        select id, ${worldId}, 'volume', ${other('persona', `1 + seeded.number % ${countOf('persona')}`)} ${batch}
      `.execute(db)
      return
    case 'story':
      await sql`insert into stories (id, world_id, status) select id, ${worldId}, 'draft' ${batch}`.execute(db)
      return
    case 'act':
      await sql`
        insert into acts (id, world_id, story_id, position)
        select id, ${worldId}, ${other('story', `1 + (seeded.number - 1) / ${actsPerStory}`)},
          ${position(`(seeded.number - 1) % ${actsPerStory}`)} ${batch}
      `.execute(db)
      return
    case 'scene':
      await sql`
        insert into scenes (id, world_id, act_id, position, mood, location_id)
        select id, ${worldId}, ${other('act', `1 + (seeded.number - 1) / ${scenesPerAct}`)},
          ${position(`(seeded.number - 1) % ${scenesPerAct}`)}, 'long',
          ${other('location', `1 + seeded.number % ${countOf('location')}`)} ${batch}
      `.execute(db)
  }
}
