/**
 * `pnpm new:entity <name>`: a new kind of entry in worlds, with everything that the others have: table, definition,
 * router, REST, pages, forms, test. docs/adding-a-service.md says what to change next.
 */
import {
  addImport,
  addRouter,
  capitalized,
  checkName,
  create,
  edit,
  generate,
  nextMigration,
  pluralOf,
  routerNames,
  withArticle,
  write,
} from './generate/files.ts'

generate(() => {
  const name = checkName(process.argv[2], [...routerNames(), 'entity', 'trash', 'members'])
  const plural = pluralOf(name)
  const migration = nextMigration(plural)

  create(
    migration,
    `-- The cast from text is not looked at before the new value of the type can be used.
alter type entity_kind add value '${name}';

create table ${plural} (
  id uuid primary key,
  kind entity_kind not null default ('${name}'::text)::entity_kind check (kind::text = '${name}'),
  world_id uuid not null,
  summary text not null default '',
  foreign key (id, kind, world_id) references entities (id, kind, world_id) on delete cascade,
  unique (id, world_id)
);

-- The search finds what is in these columns.
create trigger ${plural}_index after insert or update on ${plural}
  for each row execute function index_own_texts('summary');
`,
  )
  create(
    `packages/schema/src/entity/${name}.ts`,
    `import { defineEntity } from './defineEntity.ts'
import { paragraph } from './fields.ts'

export const ${name} = defineEntity({
  kind: '${name}',
  plural: '${plural}',
  wording: { one: '${name}', many: '${plural}', about: '${capitalized(withArticle(name))} is …' },
  fields: {
    summary: paragraph({ label: 'Summary', hint: 'What matters about it, in a few lines' }),
  },
})
`,
  )
  edit('packages/schema/src/entity/kinds.ts', ["'image'] as const", `'image', '${name}'] as const`])
  edit(
    'packages/schema/src/entity/index.ts',
    [
      "import { image } from './image.ts'",
      `import { ${name} } from './${name}.ts'\nimport { image } from './image.ts'`,
    ],
    ["export * from './image.ts'", `export * from './${name}.ts'\nexport * from './image.ts'`],
    ['  image,\n}\n', `  image,\n  ${name},\n}\n`],
    ['  image.answer,\n])', `  image.answer,\n  ${name}.answer,\n])`],
  )
  create(
    `packages/api/src/routers/${name}.ts`,
    `import { ${name} } from '@worldloom/schema'
import { entityProcedures } from '../entityProcedures.ts'
import { router } from '../trpc.ts'

export const ${name}Router = router({ ...entityProcedures(${name}) })
`,
  )
  addRouter(name)
  create(
    `packages/api/test/${name}.test.ts`,
    `import { ${name} } from '@worldloom/schema'
import { expect, test } from 'vitest'
import { failure, person, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const { call } = await person(db)
const stranger = await person(db)
const world = await call.world.create({ name: 'Somewhere' })

test('is made, read, changed, deleted and taken back', async () => {
  const made = await call.${name}.create({ worldId: world.id, name: 'The first', summary: '  As it was.  ' })
  expect(made).toMatchObject({ kind: '${name}', name: 'The first', summary: 'As it was.' })
  expect(${name}.answer.strict().parse(made)).toEqual(made)
  const { version } = await call.${name}.update({ id: made.id, version: made.version, summary: 'As it is.' })
  expect(await call.${name}.byName({ worldId: world.id, name: 'the FIRST' })).toMatchObject({ summary: 'As it is.' })
  expect((await call.search.query({ worldId: world.id, text: 'as it is' })).items).toMatchObject([{ id: made.id }])
  await call.${name}.delete({ id: made.id, version })
  expect(await failure(call.${name}.byId({ id: made.id }))).toMatchObject({ code: 'NOT_FOUND' })
  expect((await call.${name}.restore({ id: made.id })).summary).toBe('As it is.')
  expect((await call.${name}.list({ worldId: world.id })).items).toHaveLength(1)
  const { entries } = await call.world.sync({ worldId: world.id })
  expect(entries.map(({ entry }) => entry.kind)).toEqual(['${name}'])
})

test('is nothing to somebody the world is not shared with', async () => {
  const made = await call.${name}.create({ worldId: world.id, name: 'A secret' })
  expect(await failure(stranger.call.${name}.byId({ id: made.id }))).toMatchObject({ code: 'NOT_FOUND' })
  expect(await failure(stranger.call.${name}.list({ worldId: world.id }))).toMatchObject({ code: 'NOT_FOUND' })
})

test('what it may not hold is refused at the field', async () => {
  const { reason } = await failure(call.${name}.create({ worldId: world.id, name: 'Long', summary: 'x'.repeat(2001) }))
  expect(reason).toMatchObject({ kind: 'badInput', fields: { summary: [expect.stringContaining('2,000')] } })
})
`,
  )
  const icons = 'apps/web/src/features/entities/kindIcons.ts'
  edit(icons, ['  image: Image,\n', `  image: Image,\n  ${name}: Shapes,\n`])
  addImport(icons, "import Shapes from 'lucide-solid/icons/shapes'")
  write()
  return `
${capitalized(plural)} are there: in the API, at /api/v1/${plural}, and on the pages of every world.
Say what they are in packages/schema/src/entity/${name}.ts, and give each field a column in ${migration},
whose trigger names those that the search looks into. What they are called in German goes into
packages/schema/src/entityWords.ts; without it, they are called as in English.`
})
