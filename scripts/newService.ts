/**
 * `pnpm new:service <name>`: a service beside worlds, like movies: table, permissions, procedures, REST, a page, tests.
 * docs/adding-a-service.md says what to change next.
 */
import {
  addImport,
  addRouter,
  append,
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
  const name = checkName(process.argv[2], [...routerNames(), 'service'])
  const plural = pluralOf(name)
  const Name = capitalized(name)
  const Plural = capitalized(plural)
  const migration = nextMigration(plural)

  create(
    migration,
    `create table ${plural} (
  id uuid primary key default uuidv7(),
  name text not null,
  description text not null default '',
  created_at timestamptz(3) not null default now()
);
create unique index ${plural}_name_key on ${plural} (lower(name));

insert into permissions (name, description, is_seeded) values
  ('${name}:read', 'Read ${plural}', true),
  ('${name}:create', 'Add ${plural}', true);

insert into role_permissions (role_id, permission_id)
select roles.id, permissions.id
from roles cross join permissions
where (roles.name = 'user' and permissions.name ~ '^${name}:')
  or (roles.name = 'viewer' and permissions.name = '${name}:read');
`,
  )
  edit(
    'packages/schema/src/permissions.ts',
    [/(\n\] as const\n\nexport type PermissionName)/, `\n  '${name}:read',\n  '${name}:create',$1`],
    [/(\|world\|entity\|member(?:\|\w+)*)\):\//, `$1|${name}):/`],
    [/(\^\(world\|entity\|member(?:\|\w+)*)\):read/, `$1|${name}):read`],
  )
  create(
    `packages/schema/src/${name}.ts`,
    `import { z } from 'zod'
import { idField } from './ids.ts'
import { pageInput } from './pagination.ts'
import { descriptionField, nameField, searchField } from './text.ts'
import { timestamp } from './time.ts'

export const ${name}ByIdInput = z.strictObject({ id: idField })

export const ${name}ListInput = z
  .strictObject({
    ...pageInput,
    /** Only those whose name contains this, ignoring case. */
    search: searchField.optional(),
  })
  .prefault({})

export const ${name}CreateInput = z.strictObject({ name: nameField, description: descriptionField.default('') })

export const ${name}Answer = z
  .object({ id: idField, name: z.string(), description: z.string(), createdAt: timestamp })
  .meta({ id: '${Name}' })
`,
  )
  edit('packages/schema/src/index.ts', [
    "export * from './ids.ts'",
    `export * from './${name}.ts'\nexport * from './ids.ts'`,
  ])
  create(
    `packages/services/src/${plural}/read.ts`,
    `import { containing, type Database, decodeCursor, idKey, isAfter, toPage } from '@worldloom/db'
import { type ${name}Answer, type ${name}ListInput, NotFoundError } from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'

const columns = ['id', 'name', 'description', 'createdAt'] as const

/** @throws {NotFoundError} */
export async function find${Name}(db: Database, id: string): Promise<z.output<typeof ${name}Answer>> {
  return await db
    .selectFrom('${plural}')
    .select(columns)
    .where('id', '=', id)
    .executeTakeFirstOrThrow(() => new NotFoundError('${name}'))
}

/** In order of creation, a page at a time. @throws {BadCursorError} */
export async function list${Plural}(
  db: Database,
  { search, limit, cursor }: z.output<typeof ${name}ListInput>,
) {
  const list = JSON.stringify(['${plural}', search])
  let query = db
    .selectFrom('${plural}')
    .select([...columns, idKey.text.as('sortKey')])
    .orderBy('id')
    .limit(limit + 1)
  if (search) query = query.where(containing(search, ['name']))
  if (cursor) query = query.where(isAfter(idKey, sql\`id\`, 'asc', decodeCursor(list, cursor, idKey)))
  return toPage(list, await query.execute(), limit)
}
`,
  )
  create(
    `packages/services/src/${plural}/write.ts`,
    `import type { Database } from '@worldloom/db'
import type { ${name}Answer, ${name}CreateInput } from '@worldloom/schema'
import type { z } from 'zod'

/** @throws {TakenError} */
export async function create${Name}(
  db: Database,
  input: z.output<typeof ${name}CreateInput>,
): Promise<z.output<typeof ${name}Answer>> {
  return await db
    .insertInto('${plural}')
    .values(input)
    .returning(['id', 'name', 'description', 'createdAt'])
    .executeTakeFirstOrThrow()
}
`,
  )
  append(
    'packages/services/src/index.ts',
    `export { find${Name}, list${Plural} } from './${plural}/read.ts'\nexport { create${Name} } from './${plural}/write.ts'\n`,
  )
  edit('db/src/toWorldloomError.ts', ["  worlds: 'world',", `  ${plural}: '${name}',\n  worlds: 'world',`])
  create(
    `packages/api/src/routers/${name}.ts`,
    `import { ${name}Answer, ${name}ByIdInput, ${name}CreateInput, ${name}ListInput, pageOf } from '@worldloom/schema'
import { anyCredential } from '@worldloom/auth'
import { create${Name}, find${Name}, list${Plural} } from '@worldloom/services'
import { once } from '../idempotency.ts'
import { procedure, router } from '../trpc.ts'

const reads = { credentials: anyCredential, permission: '${name}:read' } as const
const answer = ${name}Answer

export const ${name}Router = router({
  byId: procedure(reads, { method: 'GET', path: '/${plural}/{id}', summary: 'Get ${withArticle(name)}', answer })
    .input(${name}ByIdInput)
    .query(({ ctx, input }) => find${Name}(ctx.db, input.id)),

  list: procedure(reads, {
    method: 'GET',
    path: '/${plural}',
    summary: 'List ${plural}',
    answer: pageOf(answer),
  })
    .input(${name}ListInput)
    .query(({ ctx, input }) => list${Plural}(ctx.db, input)),

  create: procedure(
    { credentials: anyCredential, permission: '${name}:create' },
    { method: 'POST', path: '/${plural}', summary: 'Create ${withArticle(name)}', answer, creates: '/${plural}/{id}', once: true },
  )
    .input(${name}CreateInput)
    .mutation(({ ctx, input }) => once(ctx, '${name}.create', input, (db) => create${Name}(db, input))),
})
`,
  )
  addRouter(name)
  create(
    `packages/api/test/${name}.test.ts`,
    `import { randomUUID } from 'node:crypto'
import { ${name}Answer } from '@worldloom/schema'
import { expect, test } from 'vitest'
import { failure, person, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const { call } = await person(db)

test('is made, read by its id, and listed a page at a time', async () => {
  const names = ['One', 'Two', 'Three', 'Four', 'Five']
  for (const name of names) await call.${name}.create({ name })
  const { items, nextCursor } = await call.${name}.list({ limit: 3 })
  for (const item of items) expect(${name}Answer.strict().parse(item)).toEqual(item)
  const rest = await call.${name}.list({ limit: 3, cursor: nextCursor ?? '' })
  expect([...items, ...rest.items].map(({ name }) => name)).toEqual(names)
  expect(rest.nextCursor).toBeNull()
  expect(await call.${name}.byId({ id: items[0]?.id ?? '' })).toEqual(items[0])
  expect((await call.${name}.list({ search: 'O' })).items.map(({ name }) => name)).toEqual(['One', 'Two', 'Four'])
})

test('what cannot be is said in a sentence', async () => {
  expect(await failure(call.${name}.byId({ id: randomUUID() }))).toMatchObject({ code: 'NOT_FOUND' })
  expect(await failure(call.${name}.create({ name: 'one' }))).toMatchObject({
    reason: { kind: 'taken', field: 'name' },
  })
  expect(await failure(call.${name}.create({ name: ' ' }))).toMatchObject({ reason: { kind: 'badInput' } })
  const { nextCursor } = await call.${name}.list({ limit: 1 })
  expect(await failure(call.${name}.list({ search: 'O', cursor: nextCursor ?? '' }))).toMatchObject({
    reason: { kind: 'badCursor' },
  })
})
`,
  )
  edit('apps/server/test/rest.test.ts', [
    "  test('every operation of the document was called",
    `  test('${plural}', async () => {
    const { body } = await call('POST', '/${plural}', { body: { name: 'By REST' } })
    expect((await call('GET', \`/${plural}/\${body.id}\`)).body).toEqual(body)
    expect((await call('GET', '/${plural}?search=rest')).body.items).toEqual([body])
    expect((await call('GET', '/${plural}', { as: null })).status).toBe(401)
  })

  test('every operation of the document was called`,
  ])
  edit('apps/web/src/pagePaths.ts', ["  movies: '/movies',", `  movies: '/movies',\n  ${plural}: '/${plural}',`])
  edit(
    'apps/web/src/router.tsx',
    [
      '\n// Objects, as tuples',
      `
const ${plural}Route = createRoute({
  getParentRoute: () => signedInRoute,
  path: pagePaths.${plural},
  component: lazyRouteComponent(() => import('./routes/${plural}.tsx')),
})

// Objects, as tuples`,
    ],
    ['    moviesRoute,\n', `    moviesRoute,\n    ${plural}Route,\n`],
  )
  edit('apps/web/src/features/session/ProfileMenu.tsx', [
    /( {10}<DropdownMenu\.Item [^>]*onSelect=\{\(\) => navigate\(\{ to: pagePaths\.movies \}\)\}>)/,
    `          <Show when={props.me.permissions.includes('${name}:read')}>
            <DropdownMenu.Item class={menuItemClass} onSelect={() => navigate({ to: pagePaths.${plural} })}>
              <Shapes class="size-4" aria-hidden="true" />
              {${plural}Words.${plural}}
            </DropdownMenu.Item>
          </Show>
$1`,
  ])
  addImport('apps/web/src/features/session/ProfileMenu.tsx', "import Shapes from 'lucide-solid/icons/shapes'")
  addImport('apps/web/src/features/session/ProfileMenu.tsx', `import * as ${plural}Words from '../${plural}/words.ts'`)
  create(
    `apps/web/src/features/${plural}/words.ts`,
    `export const add = 'Add ${withArticle(name)}'
export const isThere = (name: string) => \`“\${name}” is there.\`
export const none = 'No ${plural} yet'
export const ${plural} = '${Plural}'
export const searchByName = 'Search by name'
export const the${Plural} = 'The ${plural}'
`,
  )
  create(
    `apps/web/src/features/${plural}/words.de.ts`,
    `import type * as english from './words.ts'

export const add = '${Name} hinzufügen'
export const isThere: typeof english.isThere = (name) => \`„\${name}“ ist angelegt.\`
export const none = 'Noch keine ${Plural}'
export const ${plural} = '${Plural}'
export const searchByName = 'Nach Namen suchen'
export const the${Plural} = 'die ${Plural}'
`,
  )
  create(
    `apps/web/src/routes/${plural}.tsx`,
    `import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/solid-query'
import Plus from 'lucide-solid/icons/plus'
import { createMemo, createSignal, For, Show } from 'solid-js'
import * as words from '../features/${plural}/words.ts'
import { Permitted, useMay } from '../features/session/permitted.tsx'
import { queryClient, trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { createForm } from '../lib/form.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Alert, Notice } from '../ui/notice.tsx'
import { PagedList } from '../ui/pagedList.tsx'
import { SearchBox } from '../ui/searchBox.tsx'
import { showToast } from '../ui/toast.ts'
import * as common from '../ui/words.ts'

export default function ${Plural}Page() {
  return (
    <Permitted needs="${name}:read" procedure="${name}.list">
      <${Plural} />
    </Permitted>
  )
}

function ${Plural}() {
  usePageTitle(() => words.${plural})
  const may = useMay()
  const [search, setSearch] = createSignal('')
  const ${plural} = useInfiniteQuery(() => ({
    ...trpc.${name}.list.infiniteQueryOptions(
      { limit: 50, ...(search() && { search: search() }) },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    placeholderData: keepPreviousData,
  }))
  const items = createMemo(() => dataOf(${plural})?.pages.flatMap((page) => page.items) ?? [])
  return (
    <>
      <h1 class="text-4xl">{words.${plural}}</h1>
      <Show when={may('${name}:create')}>
        <New${Name} />
      </Show>
      <search class="mt-6 flex">
        <SearchBox label={words.searchByName} value={search()} onChange={setSearch} />
      </search>
      <PagedList
        query={${plural}}
        count={items().length}
        what={words.the${Plural}}
        empty={<Notice title={search() ? common.nothingFound : words.none} />}
      >
        <ul class="divide-y divide-line rounded-3xl border border-line bg-card px-5 shadow-card">
          <For each={items()}>
            {(item) => (
              <li class="py-3.5">
                <p class="font-medium">
                  <bdi>{item.name}</bdi>
                </p>
                <Show when={item.description}>
                  <p class="mt-0.5 text-sm text-soft">{item.description}</p>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </PagedList>
    </>
  )
}

function New${Name}() {
  const create = useMutation(() => trpc.${name}.create.mutationOptions())
  const form = createForm({ name: '', description: '' }, async (values) => {
    const made = await create.mutateAsync(values)
    form.reset()
    showToast(words.isThere(made.name))
    await queryClient.invalidateQueries(trpc.${name}.pathFilter())
  })
  return (
    <form class="mt-6 grid max-w-xl gap-4" novalidate onSubmit={form.submit}>
      <Field {...form.field('name')} label={common.name} required />
      <Field {...form.field('description')} label={common.description} rows={2} />
      <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
      <div>
        <Button look="primary" type="submit" disabled={form.isPending()}>
          <Plus class="size-4" aria-hidden="true" />
          {words.add}
        </Button>
      </div>
    </form>
  )
}
`,
  )
  create(
    `e2e/test/${plural}.test.ts`,
    `import { expect, test } from 'vitest'
import { looks } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { arrive } = await openWorldloom()

test.each(looks)('${plural} are made and found, %s', async (look) => {
  const visitor = await arrive(look)
  const { page } = visitor
  await visitor.signIn('Mira')
  await page.getByRole('button', { name: 'Menu of' }).click()
  await page.getByRole('menuitem', { name: '${Plural}' }).click()
  await page.getByLabel('Name', { exact: true }).fill(\`The one of \${look}\`)
  await page.getByRole('button', { name: 'Add ${withArticle(name)}' }).click()
  await page.getByRole('listitem').filter({ hasText: look }).waitFor()
  await page.getByLabel('Search by name').fill('nothing like it')
  await page.getByText('Nothing found').waitFor()
  await page.getByLabel('Search by name').fill(look)
  await expect.poll(() => page.getByRole('listitem').filter({ hasText: 'The one of' }).count()).toBe(1)
  await visitor.inspect('${plural}')
})
`,
  )
  write()
  return `
${Plural} are there: ${name}.list, ${name}.byId and ${name}.create, /api/v1/${plural}, and the page /${plural}.
Say what they are in packages/schema/src/${name}.ts and ${migration}.`
})
