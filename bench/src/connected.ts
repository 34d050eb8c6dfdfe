/**
 * Search, suggestions and graphs in a world of a million entries, and over a thousand worlds of two hundred entries, over HTTP by
 * four clients at once; and the check of continuity of 2,000 dated entries. With BENCH_DATA_DIR the database is kept for the next
 * run, as most of the time goes into making it. BENCH_ONLY measures only what has that in its name.
 */
import { inventedWords, seedLarge } from '@worldloom/db/seed'
import { sql } from 'kysely'
import { addUser, openBenchDatabase, publicUrl } from './database.ts'
import { call } from './load.ts'
import { startProcess } from './process.ts'
import { credentialsOf } from './seed.ts'

const clients = 4
const share = Number(process.env.BENCH_SHARE || 1)
const perKind = Number(process.env.BENCH_REQUESTS || 400)

const { db, environment, close } = await openBenchDatabase(process.env.BENCH_DATA_DIR || undefined)
const userId = await addUser(db, 'Author One')
await seedLarge(db, undefined, { share })
const { id: worldId } = await db
  .selectFrom('worlds')
  .select('id')
  .where('name', '=', 'The Long Shelf')
  .executeTakeFirstOrThrow()
console.log('the world of a million is there')
const manyUserId = await seedThousandWorlds()
console.log('the thousand worlds are there')
const datedWorldId = await seedDated()
const server = await startProcess('server.ts', environment)
const own = (await credentialsOf(db, userId, publicUrl)).session
const ofMany = (await credentialsOf(db, manyUserId, publicUrl)).session

/** The nth word of the texts, which is about n times as rare as the first. */
const word = (rank: number) => inventedWords[Math.min(rank, inventedWords.length - 1)] ?? ''
const texts = {
  'common words': ['shelf', 'persona', word(1), word(2), 'number long', `${word(1)} shelf`],
  'words in between': [30, 60, 100, 200, 300, 500].map(word),
  'rare words': [2000, 3000, 4000, 4900].map(word).concat('123456', 'scene 99999'),
  'two words': [`${word(1)} ${word(3000)}`, `${word(50)} ${word(60)}`, `${word(5)} ${word(500)}`],
  'a phrase': ['"long shelf"', `"${word(3)} ${word(4)}"`],
  'without a word': [`persona -${word(1)}`],
  beginnings: ['pe', 'lor', 'sce', '12'],
  typos: [`${word(400)}x`, 'persoma', 'numbre'],
}
const beginnings = [
  'p',
  'pe',
  'persona 1',
  's',
  'lo',
  word(700).slice(0, 5),
  word(50),
  'persoma',
  `${word(3)} ${word(5).slice(0, 2)}`,
]

console.log('\n| what | p50 ms | p95 ms | most |\n| --- | ---: | ---: | ---: |')
// What any request takes with so many clients, at this hour of the machine.
await measure('suggestions and searches, but nothing to look for', [call('me.get', {})], own)
for (const [name, all] of Object.entries(texts)) {
  await measure(
    `search in a million: ${name}`,
    all.map((text) => call('search.query', { worldId, text })),
    own,
  )
}
await measure(
  'search in a million: all of these',
  Object.values(texts)
    .flat()
    .map((text) => call('search.query', { worldId, text })),
  own,
)
await measure(
  'suggestions in a million',
  beginnings.map((text) => call('search.suggest', { worldId, text })),
  own,
)
for (const [name, all] of Object.entries(texts)) {
  await measure(
    `search over 1,000 worlds: ${name}`,
    all.map((text) => call('search.query', { text })),
    ofMany,
  )
}
await measure(
  'search over 1,000 worlds: all of these',
  Object.values(texts)
    .flat()
    .map((text) => call('search.query', { text })),
  ofMany,
)
await measure(
  'suggestions over 1,000 worlds',
  beginnings.map((text) => call('search.suggest', { text })),
  ofMany,
)
await measure(
  'list search in a million',
  ['shelf', 'persona', word(1), word(300), word(3000), 'persona 17'].map((search) =>
    call('persona.list', { worldId, search, limit: 24 }),
  ),
  own,
)
const people = await db
  .selectFrom('entities')
  .select('id')
  .where('worldId', '=', worldId)
  .where('kind', '=', 'persona')
  .limit(50)
  .execute()
await measure(
  'graph around, 3 steps, 500 nodes',
  people.map(({ id }) => call('graph.around', { id, depth: 3, limit: 500 })),
  own,
)
await measure('graph of the world, 500 nodes', [call('graph.world', { worldId, limit: 500 })], own)
await measure('timeline, a page of 50', [call('timeline.list', { worldId: datedWorldId })], own)
await measure(
  'continuity of 2,000 dated entries, one at a time',
  [call('continuity.check', { worldId: datedWorldId })],
  own,
  1,
  40,
)

server.stop()
await close()

/** Requests one after the other by each client, the first ones not counted. */
async function measure(
  name: string,
  paths: readonly string[],
  headers: Record<string, string>,
  by = clients,
  count = perKind,
) {
  if (!name.includes(process.env.BENCH_ONLY ?? '')) return
  const times: number[] = []
  let next = -Math.max(paths.length, 20)
  const run = async () => {
    while (next < count) {
      const index = next++
      const began = performance.now()
      const response = await fetch(`http://127.0.0.1:${server.port}${paths[Math.abs(index) % paths.length]}`, {
        headers,
      })
      await response.text()
      if (!response.ok) throw new Error(`${name}: ${response.status}`)
      if (index >= 0) times.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: by }, run))
  times.sort((one, other) => one - other)
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? Number.NaN).toFixed(1)
  console.log(`| ${name} | ${at(0.5)} | ${at(0.95)} | ${(times.at(-1) ?? Number.NaN).toFixed(1)} |`)
}

/** A thousand worlds of one person, each with two hundred entries like those of the large one. @returns the person's id */
async function seedThousandWorlds(): Promise<string> {
  const id = await addUser(db, 'Author Two')
  if (await db.selectFrom('worlds').select('id').where('ownerId', '=', id).executeTakeFirst()) return id
  const each = Math.ceil(200 * share)
  await sql`
    with made as (
      insert into worlds (owner_id, name, display_name) select ${id}, 'Shelf ' || n, 'Shelf ' || n from generate_series(1, 1000) n
      returning id
    )
    insert into world_members (world_id, user_id, role) select id, ${id}, 'owner' from made`.execute(db)
  await sql`alter table personas disable trigger user`.execute(db)
  await sql`
    with numbered as (
      select id as world_id, row_number() over (order by id) as number from worlds where owner_id = ${id}
    ), made as (
      insert into entities (world_id, owner_id, kind, name, display_name, description)
      select numbered.world_id, ${id}, 'persona', 'Persona ' || n || ' of ' || number, initcap(split_part(description, ' ', 9)) || ' ' || n, description
      from numbered, (
        select row_number() over (order by id) as n, description from entities
        where world_id = ${worldId} and kind = 'persona' limit ${each}
      ) as source
      returning id, world_id
    )
    insert into personas (id, world_id) select id, world_id from made`.execute(db)
  await sql`alter table personas enable trigger user`.execute(db)
  await sql`select index_worlds(array(select id from worlds where owner_id = ${id}))`.execute(db)
  for (const table of [
    'entities',
    'personas',
    'search_documents',
    'search_words',
    'search_vocabulary',
    'worlds',
    'world_members',
  ]) {
    await sql`vacuum analyze ${sql.table(table)}`.execute(db)
  }
  return id
}

/** A world of 1,000 personas with dates and 1,000 scenes with a date, a place and a cast of four. @returns its id */
async function seedDated(): Promise<string> {
  await db.deleteFrom('worlds').where('name', '=', 'Dated').execute()
  const { id } = await db
    .insertInto('worlds')
    .values({ ownerId: userId, name: 'Dated', displayName: 'Dated' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('worldMembers').values({ worldId: id, userId, role: 'owner' }).execute()
  const insert = async (kind: 'persona' | 'scene' | 'location' | 'story' | 'act', count: number) => {
    const { rows } = await sql<{ id: string }>`
      insert into entities (world_id, owner_id, kind, name, display_name)
      select ${id}, ${userId}, ${kind}::entity_kind, ${kind} || ' ' || n, ${kind} || ' ' || n from generate_series(1, ${count}::int) n
      returning id`.execute(db)
    return rows.map((row) => row.id)
  }
  const [personas, scenes, places, [storyId], [actId]] = [
    await insert('persona', 1000),
    await insert('scene', 1000),
    await insert('location', 50),
    await insert('story', 1),
    await insert('act', 1),
  ]
  await sql`insert into personas (id, world_id, born_on) select id, ${id}, (300 + row_number() over ())::text from unnest(${personas}::uuid[]) id`.execute(
    db,
  )
  await sql`insert into locations (id, world_id) select id, ${id} from unnest(${places}::uuid[]) id`.execute(db)
  await sql`insert into stories (id, world_id) values (${storyId}, ${id})`.execute(db)
  await sql`insert into acts (id, world_id, story_id, position) values (${actId}, ${id}, ${storyId}, 'a0')`.execute(db)
  await sql`
    insert into scenes (id, world_id, act_id, position, location_id, happens_on)
    select id, ${id}, ${actId}, 'b' || lpad(n::text, 6, '0') || '1', (${places}::uuid[])[1 + n % 50], (400 + n % 900) || '-03-' || lpad((1 + n % 28)::text, 2, '0')
    from unnest(${scenes}::uuid[]) with ordinality as given (id, n)`.execute(db)
  await sql`
    insert into scene_personas (scene_id, persona_id, world_id)
    select id, (${personas}::uuid[])[1 + (n * 7 + k * 13) % 1000], ${id}
    from unnest(${scenes}::uuid[]) with ordinality as given (id, n), generate_series(0, 3) k`.execute(db)
  await sql`
    insert into world_dates (world_id, entity_id, kind, field, marks, begins, ends)
    select ${id}::uuid, id, 'scene'::entity_kind, 'happensOn', 'moment', 400 * 365 + n, 400 * 365 + n + 1 from unnest(${scenes}::uuid[]) with ordinality as given (id, n)
    union all
    select ${id}::uuid, id, 'persona'::entity_kind, 'bornOn', 'begin', (300 + n) * 365, (301 + n) * 365 from unnest(${personas}::uuid[]) with ordinality as given (id, n)`.execute(
    db,
  )
  return id
}
