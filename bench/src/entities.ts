/** Reads in a world of a million entries: single, in batches, deep in long lists, and as outlines. */
import { seedLarge } from '@worldloom/db/seed'
import { sql } from 'kysely'
import { addUser, openBenchDatabase, publicUrl } from './database.ts'
import { batch, call, measure, median, type Pair, report, rounds, type Work } from './load.ts'
import { startProcess } from './process.ts'
import { credentialsOf } from './seed.ts'

const pageDepth = 10_000
const pageSize = 20

const { db, environment: shared, close } = await openBenchDatabase()
const userId = await addUser(db, 'Author One')
const began = performance.now()
const worldId = (await seedLarge(db, undefined, { share: Number(process.env.BENCH_SHARE || 1) })) ?? ''
console.log(`A million entries seeded in ${Math.round((performance.now() - began) / 1000)} s`)
const storyId = await seedLongStory()
const { session: headers, bearer, apiKey } = await credentialsOf(db, userId, publicUrl)

const environment = {
  ...shared,
  FLOOR_STATEMENTS: JSON.stringify([
    `select entities.id, entities.world_id, entities.kind, name, display_name, description, body, owner_id, version,
     created_at, updated_at, story_id, position from entities join acts using (id) where id = $1`,
    `select entities.id, entities.world_id, entities.kind, name, display_name, description, owner_id, version, created_at,
     updated_at, epithet, pronouns, born, died, motivations from entities join personas using (id)
     where entities.world_id = $1 and entities.kind = 'persona' and deleted_at is null
     order by updated_at desc, entities.id desc limit 24`,
  ]),
}
const floor = await startProcess('floor.ts', environment)
const worldloom = await startProcess('server.ts', environment)

const acts = await idsOf('act')
const kinds = ['act', 'scene', 'persona', 'location', 'thing'] as const
const mixed: { readonly procedure: string; readonly input: { readonly id: string } }[] = []
for (const kind of kinds) for (const id of await idsOf(kind)) mixed.push({ procedure: `${kind}.byId`, input: { id } })
/** Two of each of the five kinds. */
const tens = Array.from({ length: 100 }, (_, index) =>
  kinds.flatMap((_kind, of) => mixed.slice(of * 200 + index * 2, of * 200 + index * 2 + 2)),
)

const works = {
  floor: {
    name: 'floor: node:http + one named statement',
    port: floor.port,
    paths: acts.map((id) => `/0/${id}`),
    headers: {},
    rows: 1,
  },
  act: actBy('session cookie', headers),
  actByToken: actBy('access token', bearer),
  actByKey: actBy('API key', apiKey),
  singles: {
    name: 'mixed byId of five kinds, one a request',
    port: worldloom.port,
    paths: tens.flatMap((ten) => ten.map(({ procedure, input }) => call(procedure, input))),
    headers,
    rows: 1,
  },
  batches: { name: 'the same, ten a request', port: worldloom.port, paths: tens.map(batch), headers, rows: 10 },
  personaFloor: {
    name: 'floor: the same 24 personas',
    port: floor.port,
    paths: [`/1/${worldId}`],
    headers: {},
    rows: 24,
  },
  personas: {
    name: 'persona.list, a page of 24',
    port: worldloom.port,
    paths: [call('persona.list', { worldId, limit: 24 })],
    headers,
    rows: 24,
  },
  overview: {
    name: 'world.overview',
    port: worldloom.port,
    paths: [call('world.overview', { id: worldId })],
    headers,
    rows: 1,
  },
  firstPage: {
    name: `scene.list, page 1 of ${pageSize}`,
    port: worldloom.port,
    paths: [listPath()],
    headers,
    rows: pageSize,
  },
  deepPage: {
    name: `scene.list, page ${pageDepth.toLocaleString('en')}`,
    port: worldloom.port,
    paths: [listPath(await cursorAt(pageDepth))],
    headers,
    rows: pageSize,
  },
  outline: {
    name: 'story.outline of 500 scenes',
    port: worldloom.port,
    paths: [call('story.outline', { id: storyId })],
    headers,
    rows: 501,
  },
} satisfies Record<string, Work>

const pairs: Pair[] = [
  { work: works.act, base: works.floor },
  { work: works.actByToken, base: works.floor },
  { work: works.actByKey, base: works.floor },
  { work: works.batches, base: works.singles },
  { work: works.deepPage, base: works.firstPage },
  { work: works.personas, base: works.personaFloor },
  { work: works.overview, base: works.floor },
  { work: works.outline, base: works.floor },
]
const results = await measure(pairs)
report(results)
const rowsOf = (work: Work) => median((results.get(work) ?? []).map(({ ratio }) => ratio)) * work.rows
for (const act of [works.act, works.actByToken, works.actByKey]) {
  console.log(`\n${act.name}, of the floor: ${rowsOf(act).toFixed(2)} (bound 0.55)`)
}
console.log(`persona.list of its floor: ${(rowsOf(works.personas) / works.personas.rows).toFixed(2)} (bound 0.6)`)
console.log(`rows/s in batches of singles: ${rowsOf(works.batches).toFixed(2)} (bound 3)`)
console.log(
  `time of page ${pageDepth} of page 1: ${(pageSize / rowsOf(works.deepPage)).toFixed(2)} (bound 1.2); ${rounds} rounds`,
)

floor.stop()
worldloom.stop()
await close()

function actBy(credential: string, headers: Record<string, string>): Work {
  const paths = acts.map((id) => call('act.byId', { id }))
  return { name: `act.byId, by ${credential}`, port: worldloom.port, paths, headers, rows: 1 }
}

async function idsOf(kind: (typeof kinds)[number]): Promise<string[]> {
  const rows = await db
    .selectFrom('entities')
    .select('id')
    .where('worldId', '=', worldId)
    .where('kind', '=', kind)
    .orderBy('id')
    .limit(200)
    .execute()
  return rows.map(({ id }) => id)
}

function listPath(cursor?: string): string {
  return call('scene.list', { worldId, limit: pageSize, sort: 'name', ...(cursor && { cursor }) })
}

/** The cursor of a page, found as callers do: page by page. */
async function cursorAt(page: number): Promise<string> {
  let cursor: string | undefined
  for (let rows = 0; rows < (page - 1) * pageSize; rows += 200) {
    const limit = Math.min(200, (page - 1) * pageSize - rows)
    const target = call('scene.list', { worldId, limit, sort: 'name', ...(cursor && { cursor }) })
    const response = await fetch(`http://127.0.0.1:${worldloom.port}${target}`, { headers })
    const { result } = (await response.json()) as { result: { data: { nextCursor: string } } } // the procedure's output
    cursor = result.data.nextCursor
  }
  if (!cursor) throw new Error('there is no such page')
  return cursor
}

async function seedLongStory(): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with story as (
      insert into entities (world_id, owner_id, kind, name, display_name)
      values (${worldId}, ${userId}, 'story', 'Long', 'Long') returning id
    ), own as (insert into stories (id, world_id) select id, ${worldId} from story)
    select id from story`.execute(db)
  const id = rows[0]?.id ?? ''
  await sql`
    with act as (
      insert into entities (world_id, owner_id, kind, name, display_name)
      select ${worldId}, ${userId}, 'act', 'Long ' || n, 'Long ' || n from generate_series(1, 10) n returning id, name
    ), own as (
      insert into acts (id, world_id, story_id, position)
      select id, ${worldId}, ${id}, 'b' || lpad(split_part(name, ' ', 2), 2, '0') from act
    )
    select 1`.execute(db)
  await sql`
    with scene as (
      insert into entities (world_id, owner_id, kind, name, display_name, description)
      select ${worldId}, ${userId}, 'scene', 'Long ' || n, 'Long ' || n, repeat('Somewhere far away. ', 4)
      from generate_series(1, 500) n returning id, split_part(name, ' ', 2)::int as number
    )
    insert into scenes (id, world_id, act_id, position)
    select scene.id, ${worldId}, acts.id, 'b' || lpad((scene.number / 10)::text, 2, '0')
    from scene join acts on acts.story_id = ${id} and acts.position = 'b' || lpad((1 + scene.number % 10)::text, 2, '0')`.execute(
    db,
  )
  await sql`analyze`.execute(db)
  return id
}
