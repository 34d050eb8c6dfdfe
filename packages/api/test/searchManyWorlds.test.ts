import { describe, expect, test } from 'vitest'
import { person, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)
const stranger = await person(db)

/** More than are all searched first. */
const count = 45
const worldIds: string[] = []
for (let number = 0; number < count; number++) {
  const { id } = await mira.call.world.create({ name: `Coast ${number}` })
  worldIds.push(id)
  await mira.call.persona.create({
    worldId: id,
    name: number % 5 === 0 ? 'Wren' : `Keeper ${number}`,
    description: number === 3 ? 'She counts the drowned, and the lanterns that burn.' : 'Burns a lantern.',
  })
}
const [first = '', , , fourth = ''] = worldIds
await mira.call.location.create({ worldId: fourth, name: 'Harrowgate', description: 'Lanterns are sold here.' })
const ring = await mira.call.thing.create({ worldId: first, name: 'Ring of the Ninth Light', displayName: 'The ring' })
const elsewhere = await stranger.call.world.create({ name: 'Elsewhere' })
for (const name of ['Wren', 'Harrowgate', 'Harrowing']) {
  await stranger.call.location.create({ worldId: elsewhere.id, name, description: 'Lantern, drowned, unheard of.' })
}

const find = async (text: string, more: object = {}) => await mira.call.search.query({ text, limit: 50, ...more })
const names = async (text: string, more: object = {}) => (await find(text, more)).items.map(({ name }) => name)
const suggest = async (text: string, more: object = {}) =>
  (await mira.call.search.suggest({ text, limit: 10, ...more })).items.map(({ name }) => name)

describe('in many worlds, what is searched for', () => {
  test('is found in all of them, names first, and nothing of others', async () => {
    const found = await find('wren')
    expect(found.items.map(({ name }) => name)).toEqual(Array.from({ length: count / 5 }, () => 'Wren'))
    expect(new Set(found.items.map(({ worldId }) => worldId)).size).toBe(count / 5)
    expect(await names('harrowgate')).toEqual(['Harrowgate'])
    expect(await names('drowned')).toEqual(['Keeper 3'])
    expect(await names('unheard')).toEqual([])
    expect((await find('lantern')).items).toHaveLength(count + 1)
  })

  test('is found by beginnings, phrases, typos, kinds, and without words', async () => {
    expect(await names('harrow')).toEqual(['Harrowgate'])
    expect(await names('counts dro')).toEqual(['Keeper 3'])
    expect(await names('"ninth light"')).toEqual([ring.name])
    expect(await names('harowgate')).toEqual(['Harrowgate'])
    expect(await find('harowgate')).toMatchObject({ corrections: [{ word: 'harowgate', near: ['harrowgate'] }] })
    expect(await names('lantern', { kinds: ['location'] })).toEqual(['Harrowgate'])
    expect(await names('drowned -lanterns')).toEqual([])
    expect(await names('arrowga')).toEqual(['Harrowgate'])
  })

  test.each([
    ['burns', count - 1, 10],
    ['lantern', count + 1, 7],
    ['keeper', count - count / 5, 3],
    ['bur', count, 20],
  ])('comes up page by page, each entry once: %s', async (text, expected, limit) => {
    const whole = await names(text)
    const seen: { id: string; name: string }[] = []
    let cursor: string | undefined
    do {
      const page = await find(text, { limit, cursor })
      seen.push(...page.items)
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length)
    expect(seen).toHaveLength(expected)
    expect(seen.map(({ name }) => name)).toEqual(whole)
  })

  test('is suggested', async () => {
    expect(await suggest('harr')).toEqual(['Harrowgate'])
    expect(await suggest('ninth li')).toEqual([ring.name])
    expect(await suggest('wren', { limit: 3 })).toEqual(['Wren', 'Wren', 'Wren'])
    expect(await suggest('Harrowgte')).toEqual(['Harrowgate'])
    expect(await suggest('harr', { kinds: ['persona'] })).toEqual([])
  })
})
