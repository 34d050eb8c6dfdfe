import { describe, expect, test } from 'vitest'
import { failure, person, shareWorld, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)
const theo = await person(db)
const stranger = await person(db)
const world = await mira.call.world.create({ name: 'The Iron Coast', language: 'english' })
const elsewhere = await mira.call.world.create({ name: 'Elsewhere' })
await shareWorld(db, world.id, theo.id, 'viewer')
const worldId = world.id

const wren = await mira.call.persona.create({
  worldId,
  name: 'Wren Halloran',
  description: 'Keeper of the Ninth Light.',
  body: 'She has not slept in a bed for six years. The lighthouses burn.',
  motivations: 'To learn what her father saw.',
})
const light = await mira.call.location.create({
  worldId,
  name: 'The Ninth Light',
  description: 'The lighthouse that went dark for one night.',
})
const harrowgate = await mira.call.location.create({
  worldId,
  name: 'Harrowgate',
  body: 'From here the keeper of the light sets out. Its café is called Zoë’s.',
})
const elan = await mira.call.thing.create({ worldId, name: 'Élan', displayName: 'The Élan of Ñandú' })
const dragon = await mira.call.thing.create({ worldId, name: 'Dragon 🐉', description: 'أسد في البحر' })
const secret = await mira.call.thing.create({ worldId: elsewhere.id, name: 'Keeper’s ring' })

const find = async (text: string, more: object = {}, call = mira.call) =>
  await call.search.query({ worldId, text, ...more })
const names = async (text: string, more: object = {}, call = mira.call) =>
  (await find(text, more, call)).items.map(({ name }) => name)

describe('a search', () => {
  test('finds words in names before descriptions before other texts', async () => {
    expect(await names('light')).toEqual(['The Ninth Light', 'Wren Halloran', 'Harrowgate'])
    expect(await names('keeper')).toEqual(['Wren Halloran', 'Harrowgate'])
  })

  test('finds the beginning of the last word, and all words wherever they are', async () => {
    expect(await names('hall')).toEqual(['Wren Halloran'])
    expect(await names('father hall')).toEqual(['Wren Halloran'])
    expect((await find('fath halloran')).items).toMatchObject([{ name: 'Wren Halloran', isNear: true }])
  })

  test('knows the word endings of the language of the world', async () => {
    expect(await names('lighthouse')).toContain('Wren Halloran')
    expect(await names('keepers')).toContain('Wren Halloran')
    await mira.call.world.update({ id: worldId, version: world.version, language: 'simple' })
    expect((await find('keepers')).items.every(({ isNear }) => isNear)).toBe(true)
    const { version } = await mira.call.world.byId({ id: worldId })
    await mira.call.world.update({ id: worldId, version, language: 'english' })
    expect((await find('keepers')).items).toMatchObject([{ name: 'Wren Halloran', isNear: false }, { isNear: false }])
  })

  test('finds what was meant despite typos, and says so', async () => {
    const { items, corrections } = await find('Halorran')
    expect(items.map(({ name, isNear }) => [name, isNear])).toEqual([['Wren Halloran', true]])
    expect(corrections).toEqual([{ word: 'Halorran', near: ['halloran'] }])
    expect(await names('wern')).toEqual(['Wren Halloran'])
    expect(await names('harowgate keeper')).toEqual(['Harrowgate'])
    expect(await names('qqqqqq')).toEqual([])
  })

  test('finds what was typed in the middle of a word, if nothing begins with it', async () => {
    expect(await names('alloran')).toEqual(['Wren Halloran'])
    expect(await names('rrowga')).toEqual(['Harrowgate'])
    expect(await names('rr%wga')).toEqual([])
  })

  test('a list finds names despite typos as well, a page at a time', async () => {
    const { call } = mira
    const crowd = await call.world.create({ name: 'Crowd' })
    for (const name of ['Halloran One', 'Halloran Two', 'Halloran Three']) {
      await call.persona.create({ worldId: crowd.id, name })
    }
    const list = { worldId: crowd.id, search: 'Halorran', sort: 'name', order: 'asc', limit: 2 } as const
    const first = await call.persona.list(list)
    expect(first.items.map(({ name }) => name)).toEqual(['Halloran One', 'Halloran Three'])
    const second = await call.persona.list({ ...list, cursor: first.nextCursor ?? '' })
    expect(second).toMatchObject({ items: [{ name: 'Halloran Two' }], nextCursor: null })
    await call.persona.create({ worldId: crowd.id, name: 'Halorran' })
    expect((await call.persona.list(list)).items.map(({ name }) => name)).toEqual(['Halorran'])
    expect((await call.persona.list({ ...list, search: 'Xxyyzz' })).items).toEqual([])
  })

  test('shows what is exactly there before what is near', async () => {
    const hallo = await mira.call.persona.create({ worldId, name: 'Halorran the Lesser' })
    expect(await names('Halorran')).toEqual(['Halorran the Lesser'])
    await mira.call.persona.delete({ id: hallo.id, version: hallo.version })
  })

  test('takes no notice of accents and case', async () => {
    for (const text of ['elan', 'ÉLAN', 'nandu', 'Ñandú']) expect(await names(text)).toEqual(['Élan'])
    expect(await names('cafe zoe')).toEqual(['Harrowgate'])
  })

  test('takes quotes for words that follow each other, and a minus for what must not be there', async () => {
    expect(await names('"ninth light"')).toEqual(['The Ninth Light', 'Wren Halloran'])
    expect(await names('“light ninth”')).toEqual([])
    expect(await names('light -ninth')).toEqual(['Harrowgate'])
    expect(await names('light -"sets out"')).toEqual(['The Ninth Light', 'Wren Halloran'])
  })

  test('finds emoji and text from right to left', async () => {
    expect(await names('🐉')).toEqual(['Dragon 🐉'])
    expect(await names('البحر')).toEqual(['Dragon 🐉'])
  })

  test('says where something was found, with the words marked as data', async () => {
    const [hit] = (await find('father')).items
    expect(hit).toMatchObject({ id: wren.id, kind: 'persona', field: 'motivations' })
    expect(hit?.excerpt).toEqual([
      { text: 'To learn what her ', isMatch: false },
      { text: 'father', isMatch: true },
      { text: ' saw.', isMatch: false },
    ])
    const [inName] = (await find('wren')).items
    expect(inName).toMatchObject({
      field: 'displayName',
      excerpt: [
        { text: 'Wren', isMatch: true },
        { text: ' Halloran', isMatch: false },
      ],
    })
    const body = `${'Nothing happens. '.repeat(3000)}Then <b>a kraken</b> rises. ${'Nothing happens. '.repeat(500)}`
    const sea = await mira.call.location.create({ worldId, name: 'The Deep', body })
    const [deep] = (await find('kraken')).items
    expect(deep?.field).toBe('body')
    const text = deep?.excerpt.map((part) => part.text).join('') ?? ''
    expect(text).toContain('Then a kraken rises')
    expect(text.length).toBeLessThan(400)
    await mira.call.location.delete({ id: sea.id, version: sea.version })
  })

  test('is of some kinds and tags only, if wanted', async () => {
    expect(await names('light', { kinds: ['location'] })).toEqual(['The Ninth Light', 'Harrowgate'])
    const tag = await mira.call.tag.create({ worldId, name: 'Coast' })
    const { version } = await mira.call.tag.of({ id: harrowgate.id })
    await mira.call.tag.set({ id: harrowgate.id, version, tagIds: [tag.id] })
    expect(await names('light', { tags: [tag.id] })).toEqual(['Harrowgate'])
  })

  test('follows every change at once', async () => {
    const ship = await mira.call.thing.create({ worldId, name: 'Ship', description: 'Made of basalt' })
    expect(await names('basalt')).toEqual(['Ship'])
    const changed = await mira.call.thing.update({ id: ship.id, version: 1, description: 'Made of obsidian' })
    expect(await names('basalt')).toEqual([])
    expect(await names('obsidian')).toEqual(['Ship'])
    const own = await mira.call.thing.update({ id: ship.id, version: changed.version, thingKind: 'galleon' })
    expect(await names('galleon')).toEqual(['Ship'])
    await mira.call.thing.delete({ id: ship.id, version: own.version })
    expect(await names('galleon')).toEqual([])
    await mira.call.thing.restore({ id: ship.id })
    expect(await names('galleon obsidian')).toEqual(['Ship'])
  })

  test('gives page after page, and takes no cursor of another search', async () => {
    for (let number = 0; number < 12; number++) {
      await mira.call.thing.create({ worldId, name: `Lantern ${number}` })
    }
    const found: string[] = []
    let cursor: string | undefined
    do {
      const page = await find('lantern', { limit: 5, ...(cursor && { cursor }) })
      expect(page.items.length).toBeLessThanOrEqual(5)
      found.push(...page.items.map(({ name }) => name))
      cursor = page.nextCursor ?? undefined
      if (cursor) expect(await failure(find('light', { cursor }))).toMatchObject({ code: 'BAD_REQUEST' })
    } while (cursor)
    expect(found).toHaveLength(12)
    expect(new Set(found).size).toBe(12)
  })

  test('shows nobody what they may not read', async () => {
    expect(await failure(find('light', {}, stranger.call))).toMatchObject({ code: 'NOT_FOUND' })
    expect((await stranger.call.search.query({ text: 'light' })).items).toEqual([])
    expect((await theo.call.search.query({ text: 'keeper' })).items.map(({ worldId: of }) => of)).toEqual([
      worldId,
      worldId,
    ])
    expect((await mira.call.search.query({ text: 'keeper' })).items.map(({ id }) => id)).toContain(secret.id)
    expect((await mira.call.search.query({ text: 'elan' })).items.map(({ id }) => id)).toEqual([elan.id])
  })

  test.each([
    ['', 'Write what to search for'],
    ['   ', 'Write what to search for'],
    ['-light', 'Give at least one word'],
    ['a '.repeat(30), 'At most 20 words'],
    ['x'.repeat(501), 'At most 500 characters'],
    ['nul\0', 'cannot be stored'],
  ])('refuses “%s”', async (text, message) => {
    expect((await failure(find(text))).message).toContain(message)
  })

  test.each([
    'the of and',
    '%_\\',
    "'; drop table entities; --",
    '&|!():*<->',
    '"',
    '""',
    ':*',
    'a:*|b',
    '\u202e',
    '𝕎𝕣𝕖𝕟',
    '-',
    '- -',
  ])('takes “%s” for what it is', async (text) => {
    const answer = await find(text).catch((error: unknown) => error)
    if (answer instanceof Error) expect(answer).toMatchObject({ code: 'BAD_REQUEST' })
    else expect(answer).toMatchObject({ items: expect.any(Array) })
    expect(await names('wren')).toEqual(['Wren Halloran'])
  })
})

describe('suggestions', () => {
  const suggest = async (text: string, more: object = {}) =>
    (await mira.call.search.suggest({ worldId, text, ...more })).items.map(({ name }) => name)

  test('come for the beginning of a name or of a word in it', async () => {
    expect(await suggest('wr')).toEqual(['Wren Halloran'])
    expect(await suggest('hallo')).toEqual(['Wren Halloran'])
    expect(await suggest('the n')).toEqual(['The Ninth Light', 'Élan'])
    expect(await suggest('elan')).toEqual(['Élan'])
    expect(await suggest('h', { kinds: ['location'] })).toEqual(['Harrowgate'])
  })

  test('come despite typos, and without a text are what was updated last', async () => {
    expect(await suggest('Halorran')).toEqual(['Wren Halloran'])
    expect(await suggest('', { limit: 1, kinds: ['location'] })).toEqual([harrowgate.name])
    expect((await suggest('%_\\')).length).toBe(0)
    expect(await suggest('🐉')).toEqual([dragon.name])
    expect(light.name).toBe('The Ninth Light')
  })
})

test('lists are searched in the same way', async () => {
  const list = async (search: string) =>
    (await mira.call.persona.list({ worldId, search })).items.map(({ name }) => name)
  expect(await list('hallo')).toEqual(['Wren Halloran'])
  expect(await list('halloran wr')).toEqual(['Wren Halloran'])
  expect(await list('WREN')).toEqual(['Wren Halloran'])
  expect(await list('%')).toEqual([])
  expect((await mira.call.thing.list({ worldId, search: '🐉' })).items).toHaveLength(1)
  expect((await mira.call.thing.list({ worldId, search: 'lantern', limit: 5, sort: 'name' })).items).toHaveLength(5)
})
