import { gregorianCalendar, tenSunsCalendar, thirteenMoonsCalendar } from '@worldloom/schema'
import { describe, expect, test } from 'vitest'
import { failure, person, shareWorld, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)
const theo = await person(db)
const stranger = await person(db)
const made = await mira.call.world.create({ name: 'The Iron Coast', calendar: thirteenMoonsCalendar })
const worldId = made.id
await shareWorld(db, worldId, theo.id, 'viewer')
const story = await mira.call.story.create({ worldId, name: 'A story' })
const act = await mira.call.act.create({ worldId, name: 'An act', storyId: story.id })
const loves = (await mira.call.linkKind.list({ worldId })).items.find(({ name }) => name === 'loves')?.id ?? ''

describe('a date', () => {
  test('is read in the words of the world, and stored as numbers', async () => {
    const persona = await mira.call.persona.create({
      worldId,
      name: 'Wren',
      bornOn: 'the spring of 380 AR',
      diedOn: '3 Wolfmoon 441',
    })
    expect(persona).toMatchObject({ bornOn: '380-s2', diedOn: '441-02-03' })
    const cleared = await mira.call.persona.update({ id: persona.id, version: 1, diedOn: null })
    expect(cleared).toMatchObject({ bornOn: '380-s2', diedOn: null })
    expect(await mira.call.persona.update({ id: persona.id, version: 2, bornOn: '' })).toMatchObject({ bornOn: null })
    await mira.call.persona.delete({ id: persona.id, version: 3 })
  })

  test('is refused with what is wrong and an example', async () => {
    const create = (happensOn: string) => mira.call.scene.create({ worldId, actId: act.id, name: 'Never', happensOn })
    expect((await failure(create('412-14-01'))).reason).toMatchObject({
      fields: { happensOn: ['There is no month 14: the year has 13'] },
    })
    expect((await failure(create('some day'))).message).toContain('“12 Frostmoon 412 AR”')
    expect((await failure(create('30 Frostmoon 412'))).message).toContain('Frostmoon has 28 days')
  })

  test('can be read by programs that know no calendars', async () => {
    expect(await mira.call.calendar.parse({ worldId, text: '1 Frostmoon 1 AR' })).toEqual({
      date: '1-01-01',
      text: '1 Frostmoon 1 AR',
      weekday: 'Firstday',
      begins: 0,
      ends: 1,
    })
    expect(await failure(stranger.call.calendar.parse({ worldId, text: '1' }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('is in the history as what it was, and undone', async () => {
    const editor = await person(db)
    await shareWorld(db, worldId, editor.id, 'editor')
    const scene = await mira.call.scene.create({ worldId, actId: act.id, name: 'Undone', happensOn: '412' })
    await editor.call.scene.update({ id: scene.id, version: 1, happensOn: '413' })
    expect((await mira.call.history.list({ worldId, subjectId: scene.id, limit: 1 })).items[0]?.fields).toEqual([
      'happensOn',
    ])
    await editor.call.history.undo({ worldId, requestId: 'test' })
    expect((await mira.call.scene.byId({ id: scene.id })).happensOn).toBe('412')
    await mira.call.scene.delete({ id: scene.id, version: 3 })
  })
})

describe('the timeline', () => {
  test('is in order of world time, with ages, and page by page', async () => {
    const ada = await mira.call.persona.create({ worldId, name: 'Ada', bornOn: '380-03-10', diedOn: '441-02-03' })
    const bo = await mira.call.persona.create({ worldId, name: 'Bo', bornOn: '3 BR' })
    const bell = await mira.call.thing.create({ worldId, name: 'Bell', madeOn: '395', lostOn: '412-s2' })
    const town = await mira.call.location.create({ worldId, name: 'Town', foundedOn: '12', ruinedOn: '440' })
    const scene = await mira.call.scene.create({
      worldId,
      actId: act.id,
      name: 'The scene',
      happensOn: '12 Frostmoon 412 at 14:30',
      happensAt: 'the third bell',
      locationId: town.id,
    })
    await mira.call.scene.setCast({ id: scene.id, version: 1, personaIds: [ada.id] })
    await mira.call.link.create({
      worldId,
      linkKindId: loves,
      fromId: ada.id,
      toId: bo.id,
      beganOn: '400',
      endedOn: '401-02',
    })

    const { items } = await mira.call.timeline.list({ worldId })
    expect(items.map(({ entry, link, field, text }) => [entry?.name ?? link?.label, field, text])).toEqual([
      ['Bo', 'bornOn', '3 BR'],
      ['Town', 'foundedOn', '12 AR'],
      ['Ada', 'bornOn', '10 Thawmoon 380 AR'],
      ['Bell', 'madeOn', '395 AR'],
      ['loves', 'beganOn', '400 AR'],
      ['loves', 'endedOn', 'Wolfmoon 401 AR'],
      ['The scene', 'happensOn', '12 Frostmoon 412 AR, 14:30'],
      ['Bell', 'lostOn', 'Spring of 412 AR'],
      ['Town', 'ruinedOn', '440 AR'],
      ['Ada', 'diedOn', '3 Wolfmoon 441 AR'],
    ])
    expect(items.at(-1)?.age).toEqual({ least: 60, most: 60 })
    const paged: string[] = []
    let cursor: string | undefined
    do {
      const page = await mira.call.timeline.list({ worldId, limit: 3, ...(cursor && { cursor }) })
      paged.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(paged).toEqual(items.map(({ id }) => id))

    const found = async (more: object) =>
      (await mira.call.timeline.list({ worldId, ...more })).items.map(({ field }) => field)
    expect(await found({ from: '412', to: '412' })).toEqual(['happensOn', 'lostOn'])
    expect(await found({ from: 'the winter of 412' })).toEqual(['ruinedOn', 'diedOn'])
    expect(await found({ kinds: ['thing'] })).toEqual(['madeOn', 'lostOn'])
    expect(await found({ of: ada.id })).toEqual(['bornOn', 'beganOn', 'endedOn', 'happensOn', 'diedOn'])
    expect(await found({ of: town.id })).toEqual(['foundedOn', 'happensOn', 'ruinedOn'])
    expect(await found({ of: story.id })).toEqual(['happensOn'])
    expect((await failure(found({ from: '412-14' }))).reason).toMatchObject({
      fields: { from: [expect.stringContaining('no month 14')] },
    })
    expect(bell.madeOn).toBe('395')

    await mira.call.persona.delete({ id: ada.id, version: 1 })
    expect(await found({})).not.toContain('diedOn')
    expect(await found({})).not.toContain('beganOn')
    expect(await failure(stranger.call.timeline.list({ worldId }))).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a calendar', () => {
  test('that replaces another keeps what was written, and is shown before what it moves', async () => {
    const world = await mira.call.world.create({ name: 'Moved', calendar: thirteenMoonsCalendar })
    const festival = await mira.call.thing.create({
      worldId: world.id,
      name: 'Crown',
      madeOn: '5 Lastmoon 412',
      lostOn: '12 Frostmoon 413',
    })
    const calendar = { ...gregorianCalendar, months: gregorianCalendar.months.slice(0, 12) }
    const preview = await mira.call.calendar.preview({ worldId: world.id, calendar })
    expect(preview).toMatchObject({ total: 2, renamed: 2, widened: 1 })
    expect(preview.items).toMatchObject([
      { entry: { name: 'Crown' }, field: 'madeOn', before: '5 Lastmoon 412 AR', after: '412 AD', isWidened: true },
      { field: 'lostOn', before: '12 Frostmoon 413 AR', after: '12 January 413 AD', isWidened: false },
    ])
    expect(await mira.call.thing.byId({ id: festival.id })).toEqual(festival)

    const changing = await person(db)
    await shareWorld(db, world.id, changing.id, 'editor')
    await changing.call.world.update({ id: world.id, version: 1, calendar })
    expect(await mira.call.thing.byId({ id: festival.id })).toMatchObject({
      madeOn: '412',
      lostOn: '413-01-12',
      version: 2,
    })
    const { items } = await mira.call.timeline.list({ worldId: world.id })
    expect(items.map(({ text }) => text)).toEqual(['412 AD', '12 January 413 AD'])

    await changing.call.history.undo({ worldId: world.id, requestId: 'test' })
    expect(await mira.call.thing.byId({ id: festival.id })).toMatchObject({ madeOn: '412-13-05', lostOn: '413-01-12' })
    expect((await mira.call.world.byId({ id: world.id })).calendar).toEqual(thirteenMoonsCalendar)
    expect((await mira.call.timeline.list({ worldId: world.id })).items.map(({ text }) => text)).toEqual([
      '5 Lastmoon 412 AR',
      '12 Frostmoon 413 AR',
    ])
  })

  test('is refused when years or months have no days', async () => {
    const update = (calendar: unknown) =>
      mira.call.world.update({ id: worldId, version: 1, calendar: calendar as typeof tenSunsCalendar })
    const empty = await failure(update({ ...tenSunsCalendar, months: [], seasons: [] }))
    expect(empty).toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('A year needs a month') })
    expect((await failure(update({ ...tenSunsCalendar, months: [{ name: 'None', days: 0 }] }))).message).toContain(
      'at least 1',
    )
    expect(await failure(theo.call.world.update({ id: worldId, version: made.version, calendar: null }))).toMatchObject(
      { code: 'FORBIDDEN' },
    )
    expect(await failure(theo.call.calendar.preview({ worldId, calendar: null }))).toMatchObject({ code: 'FORBIDDEN' })
  })
})
