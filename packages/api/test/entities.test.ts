import { randomUUID } from 'node:crypto'
import { type EntityDefinition, type EntityKind, entities, entityKinds } from '@worldloom/schema'
import { describe, expect, test } from 'vitest'
import { type Caller, failure, person, shareWorld, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)
const theo = await person(db)
const editor = await person(db)
const viewer = await person(db)

const world = await mira.call.world.create({ name: 'Arda' })
const elsewhere = await mira.call.world.create({ name: 'Elsewhere' })
await shareWorld(db, world.id, editor.id, 'editor')
await shareWorld(db, world.id, viewer.id, 'viewer')

/** The procedures that all kinds share, for any kind. */
interface AnyProcedures {
  create(input: object): Promise<Entity>
  byId(input: object): Promise<Entity>
  byName(input: object): Promise<Entity>
  list(input: object): Promise<{ items: Entity[]; nextCursor: string | null }>
  update(input: object): Promise<Entity>
  delete(input: object): Promise<{ id: string; along: number }>
  restore(input: object): Promise<Entity>
  contents(input: object): Promise<{ total: number; kinds: object }>
}
interface Entity {
  readonly id: string
  readonly worldId: string
  readonly kind: EntityKind
  readonly name: string
  readonly version: number
  readonly updatedAt: Date
}

function proceduresOf(call: Caller, kind: EntityKind): AnyProcedures {
  return call[kind] as unknown as AnyProcedures // the same for all kinds except for their own fields
}

let count = 0
function unique(text: string): string {
  count++
  return `${text} ${count}`
}

/** What an entry of a kind needs besides its name: a parent. */
async function needs(kind: EntityKind, worldId = world.id): Promise<object> {
  if (kind === 'act') return { storyId: (await mira.call.story.create({ worldId, name: unique('Story') })).id }
  if (kind !== 'scene') return {}
  const inAct = (await needs('act', worldId)) as { storyId: string } // as above
  return { actId: (await mira.call.act.create({ worldId, name: unique('Act'), ...inAct })).id }
}

async function make(kind: EntityKind, fields: object = {}, worldId = world.id): Promise<Entity> {
  const input = { worldId, name: unique(kind), ...(await needs(kind, worldId)), ...fields }
  return await proceduresOf(mira.call, kind).create(input)
}

/** A value that differs from the default, for each of a kind's own fields. */
async function filled(definition: EntityDefinition): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {}
  for (const [name, { control }] of Object.entries(definition.fields)) {
    if (name === 'isbn') values[name] = '9783161484100'
    else if (control.as === 'date' || control.as === 'worldDate') values[name] = '2027-01-31'
    else if (control.as === 'choice') values[name] = Object.keys(control.options).at(-1)
    else if (control.as === 'reference') values[name] = (await make(control.kind)).id
    else values[name] = `some ${name}`
  }
  return values
}

test('what one request reads of every kind at once is what it reads of each alone', async () => {
  const made: Entity[] = []
  for (const kind of entityKinds) {
    for (const own of [{}, await filled(entities[kind])]) made.push(await make(kind, { body: '# Many words', ...own }))
  }
  const alone: Entity[] = []
  for (const { kind, id } of made) alone.push(await proceduresOf(mira.call, kind).byId({ id }))
  const atOnce = Promise.all(made.map(({ kind, id }) => proceduresOf(mira.call, kind).byId({ id })))
  const asAnother = Promise.all(
    made.map(({ kind, id }) => failure(proceduresOf(mira.call, kind === 'act' ? 'scene' : 'act').byId({ id }))),
  )
  expect(alone).toEqual(made)
  expect(await atOnce).toEqual(made)
  for (const error of await asAnother) expect(error).toMatchObject({ code: 'NOT_FOUND' })
})

describe.each(entityKinds.map((kind) => [kind, entities[kind] as EntityDefinition] as const))(
  '%s',
  (kind, definition) => {
    const procedures = proceduresOf(mira.call, kind)

    test('is made, read by id and by name, listed, changed, deleted and restored', async () => {
      const own = await filled(definition)
      const made = await procedures.create({
        worldId: world.id,
        name: `The ${kind}`,
        description: 'A few words',
        body: '# Many words',
        ...(await needs(kind)),
        ...own,
      })
      expect(made).toMatchObject({
        worldId: world.id,
        kind,
        name: `The ${kind}`,
        displayName: `The ${kind}`,
        description: 'A few words',
        body: '# Many words',
        ownerId: mira.id,
        version: 1,
        ...own,
      })
      expect(await procedures.byId({ id: made.id })).toEqual(made)
      expect(await procedures.byName({ worldId: world.id, name: `the ${kind.toUpperCase()}` })).toEqual(made)
      const { items } = await procedures.list({ worldId: world.id, search: `THE ${kind.slice(0, 2)}` })
      const { body: _, ...summary } = made as Entity & { body: string }
      expect(items).toEqual([summary])

      const changed = await procedures.update({ id: made.id, version: 1, name: `Other ${kind}`, description: '' })
      expect(changed).toMatchObject({
        ...own,
        name: `Other ${kind}`,
        displayName: `Other ${kind}`,
        description: '',
        version: 2,
      })
      expect(await procedures.byId({ id: made.id })).toEqual(changed)

      expect(await procedures.delete({ id: made.id, version: 2 })).toEqual({ id: made.id, along: 0 })
      expect(await failure(procedures.byId({ id: made.id }))).toMatchObject({ code: 'NOT_FOUND' })
      expect(await failure(procedures.update({ id: made.id, version: 3, name: 'x' }))).toMatchObject({
        code: 'NOT_FOUND',
      })
      const restored = await procedures.restore({ id: made.id })
      expect(restored).toMatchObject({ ...own, name: `Other ${kind}` })
      expect(await procedures.byId({ id: made.id })).toEqual(restored)
    })

    test('answers what its declaration says, with no field more or less', async () => {
      const made = await make(kind)
      expect(Object.keys(made).sort()).toEqual(Object.keys(definition.answer.shape).sort())
      definition.answer.parse(made)
      const [listed] = (await procedures.list({ worldId: world.id, limit: 1 })).items
      expect(Object.keys(listed ?? {}).sort()).toEqual(Object.keys(definition.summary.shape).sort())
    })

    test('has of each field left out what its declaration says', async () => {
      const initial = Object.fromEntries(
        Object.entries(definition.fields).map(([name, field]) => [name, field.initial]),
      )
      expect(await make(kind)).toMatchObject({ ...initial, description: '', body: '' })
    })

    test('a name that differs by case or Unicode form alone is taken; in another world, or once it is deleted, it is free', async () => {
      const name = unique(`Élan ${kind}`)
      const first = await make(kind, { name })
      for (const same of [name.toUpperCase(), name.normalize('NFD'), `  ${name} `]) {
        expect(await failure(make(kind, { name: same }))).toMatchObject({
          code: 'CONFLICT',
          reason: { kind: 'taken', resource: kind, field: 'name' },
        })
      }
      const other = await make(kind)
      expect(await failure(procedures.update({ id: other.id, version: 1, name }))).toMatchObject({
        reason: { kind: 'taken' },
      })
      await make(kind, { name }, elsewhere.id)
      await procedures.delete({ id: first.id, version: 1 })
      await make(kind, { name })
      expect(await failure(procedures.restore({ id: first.id }))).toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining(`named “${name}”. Rename it first`),
      })
    })

    test('rule 29: to outsiders it is as if it were not there', async () => {
      const { id } = await make(kind)
      const outside = proceduresOf(theo.call, kind)
      const answers = await Promise.all(
        [id, randomUUID()].map(async (some) => [
          await failure(outside.byId({ id: some })),
          await failure(outside.update({ id: some, version: 1, name: 'x' })),
          await failure(outside.delete({ id: some, version: 1 })),
          await failure(outside.restore({ id: some })),
          await failure(outside.contents({ id: some })),
        ]),
      )
      expect(answers[0]).toEqual(answers[1])
      expect(answers.flat().every(({ code }) => code === 'NOT_FOUND')).toBe(true)
      const own = await needs(kind)
      const refused = await Promise.all(
        [world.id, randomUUID()].map(async (worldId) => [
          await failure(outside.list({ worldId })),
          await failure(outside.byName({ worldId, name: 'x' })),
          await failure(outside.create({ worldId, name: 'x', ...own })),
        ]),
      )
      expect(refused[0]).toEqual(refused[1])
      expect(refused.flat().every(({ code }) => code === 'NOT_FOUND')).toBe(true)
    })

    test('viewers read, editors write', async () => {
      const { id } = await make(kind)
      expect((await proceduresOf(viewer.call, kind).byId({ id })).id).toBe(id)
      const reading = proceduresOf(viewer.call, kind)
      const own = await needs(kind)
      const refused = await Promise.all([
        failure(reading.create({ worldId: world.id, name: 'x', ...own })),
        failure(reading.update({ id, version: 1, name: 'x' })),
        failure(reading.delete({ id, version: 1 })),
      ])
      for (const { reason } of refused) expect(reason).toEqual({ kind: 'roleTooLow', needed: 'editor', has: 'viewer' })
      const writing = proceduresOf(editor.call, kind)
      expect(await writing.update({ id, version: 1, description: 'Edited' })).toMatchObject({ version: 2 })
      expect(await writing.create({ worldId: world.id, name: unique('Editor’s'), ...own })).toMatchObject({
        version: 1,
      })
    })

    test('a version that is no longer current is refused with what it is now', async () => {
      const { id } = await make(kind)
      const current = await procedures.update({ id, version: 1, description: 'First' })
      const { code, reason } = await failure(procedures.update({ id, version: 1, description: 'Second' }))
      expect(code).toBe('CONFLICT')
      expect(reason).toEqual({ kind: 'changed', resource: kind, current })
      expect(await failure(procedures.delete({ id, version: 1 }))).toMatchObject({ reason: { kind: 'changed' } })
      expect(await procedures.byId({ id })).toEqual(current)
    })

    test('rule 30: what is the server’s is refused, not stored', async () => {
      const own = await needs(kind)
      const hostile = {
        ownerId: theo.id,
        version: 99,
        createdAt: '2000-01-01',
        deletedAt: null,
        kind: 'world',
        position: 'a',
      }
      const { reason } = await failure(procedures.create({ worldId: world.id, name: 'Hostile', ...own, ...hostile }))
      expect(Object.keys((reason as { fields: object }).fields).sort()).toEqual(Object.keys(hostile).sort())
      const { id } = await make(kind)
      const moved = await failure(procedures.update({ id, version: 1, worldId: elsewhere.id }))
      expect(moved).toMatchObject({ reason: { kind: 'badInput', fields: { worldId: expect.anything() } } })
    })

    test('a list goes through everything once, in each order, and takes no cursor of another', async () => {
      const place = await mira.call.world.create({ name: unique('Lists') })
      const own = await needs(kind, place.id)
      for (const name of ['b', 'A', 'c', 'D', 'e']) await procedures.create({ worldId: place.id, name, ...own })
      for (const sort of ['createdAt', 'updatedAt', 'name']) {
        for (const order of ['asc', 'desc']) {
          const names: string[] = []
          let cursor: string | undefined
          do {
            const page = await procedures.list({ worldId: place.id, sort, order, limit: 2, ...(cursor && { cursor }) })
            names.push(...page.items.map(({ name }) => name))
            cursor = page.nextCursor ?? undefined
          } while (cursor)
          const expected = sort === 'name' ? ['A', 'b', 'c', 'D', 'e'] : ['b', 'A', 'c', 'D', 'e']
          expect(names, `${sort} ${order}`).toEqual(order === 'asc' ? expected : expected.toReversed())
        }
      }
      const { nextCursor } = await procedures.list({ worldId: place.id, sort: 'name', limit: 2 })
      for (const other of [
        { worldId: place.id, sort: 'createdAt' },
        { worldId: place.id, sort: 'name', order: 'desc' },
        { worldId: place.id, sort: 'name', search: 'a' },
        { worldId: world.id, sort: 'name' },
      ]) {
        expect(await failure(procedures.list({ ...other, cursor: nextCursor }))).toMatchObject({
          reason: { kind: 'badCursor' },
        })
      }
      const filtered = await procedures.list({ worldId: place.id, ownerId: theo.id })
      expect(filtered).toEqual({ items: [], nextCursor: null })
      expect((await procedures.list({ worldId: place.id, ownerId: mira.id })).items).toHaveLength(5)
    })

    test.each([
      [{ limit: 0 }, 'limit'],
      [{ limit: 1_000_000 }, 'limit'],
      [{ limit: 1.5 }, 'limit'],
      [{ sort: 'secret' }, 'sort'],
      [{ sort: 'name; drop table entities' }, 'sort'],
      [{ order: 'sideways' }, 'order'],
      [{ cursor: 'x'.repeat(2000) }, 'cursor'],
      [{ made: 'up' }, 'made'],
    ])('its list refuses %j at the field', async (input, field) => {
      const { code, reason } = await failure(procedures.list({ worldId: world.id, ...input }))
      expect(code).toBe('BAD_REQUEST')
      expect(reason).toMatchObject({ kind: 'badInput', fields: { [field]: expect.anything() } })
    })

    test('text that is too long or cannot be stored is refused at its field', async () => {
      const own = await needs(kind)
      const { reason } = await failure(
        procedures.create({
          worldId: world.id,
          name: 'x'.repeat(256),
          description: 'x'.repeat(1_000_000),
          body: 'nul \0',
          ...own,
        }),
      )
      expect(reason).toMatchObject({
        kind: 'badInput',
        fields: {
          name: ['At most 255 characters'],
          description: ['At most 2,000 characters'],
          body: expect.anything(),
        },
      })
    })
  },
)

describe('what is referred to', () => {
  const unknown = { storyId: randomUUID() }

  test('a parent that there is not, of another world, of another kind or in the trash is refused at its field', async () => {
    const foreign = await make('story', {}, elsewhere.id)
    const persona = await make('persona')
    const trashed = await make('story')
    await mira.call.story.delete({ id: trashed.id, version: 1 })
    const faults = await Promise.all(
      [unknown.storyId, foreign.id, persona.id].map((storyId) =>
        failure(mira.call.act.create({ worldId: world.id, name: unique('Act'), storyId })),
      ),
    )
    for (const { reason } of faults) {
      expect(reason).toEqual({ kind: 'badInput', fields: { storyId: ['There is no such story in this world'] } })
    }
    const { reason } = await failure(
      mira.call.act.create({ worldId: world.id, name: unique('Act'), storyId: trashed.id }),
    )
    expect(reason).toMatchObject({ fields: { storyId: [expect.stringContaining('in the trash')] } })
  })

  test('a thing’s owner and a scene’s place must be of the right kind, in the same world', async () => {
    const location = await make('location')
    const persona = await make('persona', {}, elsewhere.id)
    for (const ownerPersonaId of [location.id, persona.id]) {
      const { reason } = await failure(
        mira.call.thing.create({ worldId: world.id, name: unique('Thing'), ownerPersonaId }),
      )
      expect(reason).toMatchObject({ kind: 'badInput', fields: { ownerPersonaId: expect.anything() } })
    }
    const scene = await make('scene')
    const { reason } = await failure(mira.call.scene.setLocation({ id: scene.id, version: 1, locationId: persona.id }))
    expect(reason).toMatchObject({ kind: 'badInput', fields: { locationId: expect.anything() } })
    expect(await mira.call.scene.setLocation({ id: scene.id, version: 1, locationId: location.id })).toMatchObject({
      locationId: location.id,
      version: 2,
    })
  })

  test('an ISBN whose digits do not fit is refused; hyphens are not part of it', async () => {
    const { reason } = await failure(
      mira.call.book.create({ worldId: world.id, name: unique('Book'), isbn: '9783161484101' }),
    )
    expect(reason).toMatchObject({ fields: { isbn: ['Is not an ISBN: check its digits'] } })
    const book = await mira.call.book.create({ worldId: world.id, name: unique('Book'), isbn: '978-3-16-148410-0' })
    expect(book.isbn).toBe('9783161484100')
    expect((await mira.call.book.create({ worldId: world.id, name: unique('Book'), isbn: '080442957x' })).isbn).toBe(
      '080442957X',
    )
  })
})

describe('a story and what lies in it', () => {
  async function epic() {
    const place = await mira.call.world.create({ name: unique('Epic') })
    const worldId = place.id
    const story = await mira.call.story.create({ worldId, name: 'Story' })
    const acts = []
    for (const name of ['One', 'Two']) acts.push(await mira.call.act.create({ worldId, storyId: story.id, name }))
    const scenes = []
    for (const act of acts) {
      for (const name of ['first', 'second']) {
        scenes.push(await mira.call.scene.create({ worldId, actId: act.id, name: `${act.name} ${name}` }))
      }
    }
    return { worldId, story, acts, scenes }
  }

  test('its outline has acts and scenes in their order, with place and cast', async () => {
    const { worldId, story, acts, scenes } = await epic()
    const location = await mira.call.location.create({ worldId, name: 'Tower' })
    const wren = await mira.call.persona.create({ worldId, name: 'Wren' })
    await mira.call.scene.setLocation({ id: scenes[1]?.id ?? '', version: 1, locationId: location.id })
    await mira.call.scene.setCast({ id: scenes[1]?.id ?? '', version: 2, personaIds: [wren.id] })
    await mira.call.scene.move({ id: scenes[1]?.id ?? '', afterId: null })
    await mira.call.act.move({ id: acts[1]?.id ?? '', afterId: null })
    const outline = await mira.call.story.outline({ id: story.id })
    expect(outline.acts.map(({ name, scenes }) => [name, scenes.map((scene) => scene.name)])).toEqual([
      ['Two', ['Two first', 'Two second']],
      ['One', ['One second', 'One first']],
    ])
    expect(outline.acts[1]?.scenes[0]).toMatchObject({
      location: { id: location.id, displayName: 'Tower' },
      cast: [{ id: wren.id, displayName: 'Wren' }],
    })
    expect(await failure(theo.call.story.outline({ id: story.id }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('deleting it says how many go with it, takes them along, and restoring brings just those back', async () => {
    const { worldId, story, acts, scenes } = await epic()
    const [first] = scenes
    await mira.call.scene.delete({ id: first?.id ?? '', version: 1 })
    const contents = await mira.call.story.contents({ id: story.id })
    expect(contents).toEqual({ total: 5, kinds: { act: 2, scene: 3 } })
    expect(Object.keys(contents.kinds)).toEqual(['act', 'scene'])
    expect(await mira.call.story.delete({ id: story.id, version: 1 })).toEqual({ id: story.id, along: 5 })
    expect(await failure(mira.call.scene.byId({ id: scenes[2]?.id ?? '' }))).toMatchObject({ code: 'NOT_FOUND' })
    const trash = await mira.call.world.trash({ id: worldId })
    expect(trash.items.map(({ kind, along }) => [kind, along])).toEqual([
      ['story', 5],
      ['scene', 0],
    ])
    for (const [kind, id] of [
      ['scene', first?.id],
      ['act', acts[0]?.id],
    ] as const) {
      expect(await failure(mira.call[kind].restore({ id: id ?? '' }))).toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('also in the trash. Restore that first'),
      })
    }
    await mira.call.story.restore({ id: story.id })
    expect((await mira.call.story.outline({ id: story.id })).acts.map((act) => act.scenes.length)).toEqual([1, 2])
    await mira.call.scene.restore({ id: first?.id ?? '' })
    expect((await mira.call.story.outline({ id: story.id })).acts[0]?.scenes.map(({ name }) => name)).toEqual([
      'One first',
      'One second',
    ])
  })

  test('who puts something in while it is being deleted either comes along or is refused: nothing is left in nothing', async () => {
    for (let round = 0; round < 8; round++) {
      const { worldId, story, acts } = await epic()
      const results = await Promise.allSettled([
        ...Array.from({ length: 4 }, (_, index) =>
          mira.call.scene.create({ worldId, actId: acts[index % 2]?.id ?? '', name: `late ${index}` }),
        ),
        mira.call.story.delete({ id: story.id, version: 1 }),
      ])
      expect(results.at(-1)?.status).toBe('fulfilled')
      const { items } = await mira.call.scene.list({ worldId })
      expect(items).toEqual([])
      expect((await mira.call.act.list({ worldId })).items).toEqual([])
    }
  })

  test('a scene or an act is moved between parents of the same world only', async () => {
    const { acts, scenes, worldId } = await epic()
    const moved = await mira.call.scene.move({
      id: scenes[0]?.id ?? '',
      actId: acts[1]?.id ?? '',
      afterId: scenes[2]?.id,
    })
    expect(moved).toMatchObject({ actId: acts[1]?.id, version: 2 })
    const { items } = await mira.call.scene.list({ worldId, actId: acts[1]?.id ?? '' })
    expect(items.map(({ name }) => name)).toEqual(['Two first', 'One first', 'Two second'])
    const foreign = await epic()
    const { reason } = await failure(
      mira.call.scene.move({ id: scenes[0]?.id ?? '', actId: foreign.acts[0]?.id ?? '' }),
    )
    expect(reason).toMatchObject({ fields: { actId: ['There is no such act in this world'] } })
    const gone = await failure(mira.call.scene.move({ id: scenes[0]?.id ?? '', afterId: foreign.scenes[0]?.id }))
    expect(gone.reason).toMatchObject({ fields: { afterId: expect.anything() } })
    await mira.call.act.delete({ id: acts[0]?.id ?? '', version: 1 })
    const deleted = await failure(mira.call.scene.move({ id: scenes[2]?.id ?? '', actId: acts[0]?.id ?? '' }))
    expect(deleted.reason).toMatchObject({ fields: { actId: [expect.stringContaining('in the trash')] } })
    const itself = await failure(mira.call.scene.move({ id: scenes[2]?.id ?? '', afterId: scenes[2]?.id }))
    expect(itself.reason).toMatchObject({ fields: { afterId: ['Cannot come after itself'] } })
  })

  test('a list by position wants the parent it is in', async () => {
    const { worldId } = await epic()
    const { reason } = await failure(mira.call.scene.list({ worldId, sort: 'position' }))
    expect(reason).toMatchObject({ kind: 'badInput', fields: { sort: expect.anything() } })
  })
})

test('a scene’s cast and things are set as a whole; what is in the trash is hidden and comes back', async () => {
  const scene = await make('scene')
  const [one, two] = [await make('persona'), await make('persona')]
  const bell = await make('thing')
  const foreign = await make('persona', {}, elsewhere.id)
  const parts = await mira.call.scene.setCast({ id: scene.id, version: 1, personaIds: [one.id, two.id, one.id] })
  expect(parts.cast.map(({ id }) => id).sort()).toEqual([one.id, two.id].sort())
  await mira.call.scene.setThings({ id: scene.id, version: 2, thingIds: [bell.id] })
  for (const id of [foreign.id, bell.id, randomUUID()]) {
    const { reason } = await failure(mira.call.scene.setCast({ id: scene.id, version: 3, personaIds: [one.id, id] }))
    expect(reason).toMatchObject({ kind: 'badInput', fields: { personaIds: expect.anything() } })
  }
  expect(await failure(mira.call.scene.setCast({ id: scene.id, version: 1, personaIds: [] }))).toMatchObject({
    reason: { kind: 'changed' },
  })
  await mira.call.persona.delete({ id: two.id, version: 1 })
  await mira.call.scene.setCast({ id: scene.id, version: 3, personaIds: [] })
  expect((await mira.call.scene.parts({ id: scene.id })).cast).toEqual([])
  await mira.call.persona.restore({ id: two.id })
  expect(await mira.call.scene.parts({ id: scene.id })).toMatchObject({
    cast: [{ id: two.id }],
    things: [{ id: bell.id }],
    location: null,
  })
  const { items } = await mira.call.scene.list({ worldId: world.id, personaId: two.id })
  expect(items.map(({ id }) => id)).toEqual([scene.id])
})

describe('locations', () => {
  test('nest, tell what lies in them and what they lie in', async () => {
    const coast = await make('location')
    const town = await make('location', { parentId: coast.id })
    const inn = await make('location', { parentId: town.id })
    expect((await mira.call.location.children({ id: coast.id })).items.map(({ id }) => id)).toEqual([town.id])
    expect((await mira.call.location.ancestors({ id: inn.id })).items.map(({ id }) => id)).toEqual([coast.id, town.id])
    const { items } = await mira.call.location.list({ worldId: world.id, parentId: null })
    expect(items.some(({ id }) => id === coast.id)).toBe(true)
    expect(items.some(({ id }) => id === town.id)).toBe(false)
    expect(await mira.call.location.delete({ id: coast.id, version: 1 })).toMatchObject({ along: 2 })
    expect(await failure(mira.call.location.restore({ id: inn.id }))).toMatchObject({ code: 'CONFLICT' })
    await mira.call.location.restore({ id: coast.id })
    expect((await mira.call.location.ancestors({ id: inn.id })).items).toHaveLength(2)
  })

  test('never lie in themselves, also not when two moves would each be half of it', async () => {
    const chain = [await make('location')]
    for (let depth = 1; depth < 4; depth++) chain.push(await make('location', { parentId: chain.at(-1)?.id }))
    const [top, , , bottom] = chain
    for (const parentId of chain.map(({ id }) => id)) {
      const { reason } = await failure(mira.call.location.update({ id: top?.id ?? '', version: 1, parentId }))
      expect(reason).toEqual({ kind: 'badInput', fields: { parentId: ['A location cannot be inside itself'] } })
    }
    expect(bottom).toBeDefined()
    for (let round = 0; round < 5; round++) {
      const [a, b] = [await make('location'), await make('location')]
      const results = await Promise.allSettled([
        mira.call.location.update({ id: a.id, version: 1, parentId: b.id }),
        mira.call.location.update({ id: b.id, version: 1, parentId: a.id }),
      ])
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    }
  })
})

describe('books', () => {
  test('bind stories in an order of their own', async () => {
    const book = await make('book')
    const [a, b, c] = [await make('story'), await make('story'), await make('story')]
    for (const { id } of [a, b]) await mira.call.book.addStory({ id: book.id, storyId: id })
    const { items } = await mira.call.book.addStory({ id: book.id, storyId: c.id, afterId: null })
    expect(items.map(({ id }) => id)).toEqual([c.id, a.id, b.id])
    const moved = await mira.call.book.reorder({ id: book.id, storyId: c.id, afterId: a.id })
    expect(moved.items.map(({ id }) => id)).toEqual([a.id, c.id, b.id])
    expect(await failure(mira.call.book.addStory({ id: book.id, storyId: a.id }))).toMatchObject({ code: 'CONFLICT' })
    expect((await mira.call.story.list({ worldId: world.id, bookId: book.id })).items).toHaveLength(3)
    const left = await mira.call.book.removeStory({ id: book.id, storyId: a.id })
    expect(left.items.map(({ id }) => id)).toEqual([c.id, b.id])
    for (const storyId of [a.id, randomUUID()]) {
      const { reason } = await failure(mira.call.book.removeStory({ id: book.id, storyId }))
      expect(reason).toMatchObject({ fields: { storyId: ['This story is not in the book'] } })
    }
    const foreign = await make('story', {}, elsewhere.id)
    const { reason } = await failure(mira.call.book.addStory({ id: book.id, storyId: foreign.id }))
    expect(reason).toMatchObject({ fields: { storyId: ['There is no such story in this world'] } })
  })
})

test('the overview of a world counts what is in use and lists what was changed last', async () => {
  const place = await mira.call.world.create({ name: unique('Counted') })
  const one = await make('persona', {}, place.id)
  const two = await make('persona', {}, place.id)
  await make('scene', {}, place.id)
  await mira.call.persona.delete({ id: one.id, version: 1 })
  await mira.call.persona.update({ id: two.id, version: 1, description: 'Changed' })
  const overview = await mira.call.world.overview({ id: place.id })
  const none = Object.fromEntries(entityKinds.map((kind) => [kind, 0]))
  expect(overview.counts).toEqual({ ...none, story: 1, act: 1, scene: 1, persona: 1 })
  expect(overview.recent[0]).toMatchObject({ id: two.id, kind: 'persona' })
  expect(overview.recent).toHaveLength(4)
  expect(overview.members).toBe(1)
  expect(await failure(theo.call.world.overview({ id: place.id }))).toMatchObject({ code: 'NOT_FOUND' })
})

test('a world in the trash takes everything in it out of sight', async () => {
  const place = await mira.call.world.create({ name: unique('Doomed') })
  const { id } = await make('persona', {}, place.id)
  await mira.call.world.delete({ id: place.id, version: 1 })
  expect(await failure(mira.call.persona.byId({ id }))).toMatchObject({ code: 'NOT_FOUND' })
  expect(await failure(mira.call.persona.list({ worldId: place.id }))).toMatchObject({ code: 'NOT_FOUND' })
  expect(await failure(make('persona', {}, place.id))).toMatchObject({ code: 'NOT_FOUND' })
})
