import { thirteenMoonsCalendar, writeMention } from '@worldloom/schema'
import { beforeEach, describe, expect, test } from 'vitest'
import { failure, person, shareWorld, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)
const theo = await person(db)
const stranger = await person(db)

let worldId = ''
let storyId = ''
let actId = ''
let count = 0
beforeEach(async () => {
  ;({ id: worldId } = await mira.call.world.create({ name: `World ${++count}`, calendar: thirteenMoonsCalendar }))
  storyId = (await mira.call.story.create({ worldId, name: 'A story' })).id
  actId = (await mira.call.act.create({ worldId, name: 'An act', storyId })).id
  await shareWorld(db, worldId, theo.id, 'viewer')
})

const check = async (more: object = {}) => await mira.call.continuity.check({ worldId, ...more })
const found = async () => (await check()).findings.map(({ rule, certainty }) => [rule, certainty])
const persona = async (name: string, more: object = {}) => await mira.call.persona.create({ worldId, name, ...more })
const place = async (name: string, more: object = {}) => await mira.call.location.create({ worldId, name, ...more })
async function scene(
  name: string,
  happensOn: string,
  { cast = [], things = [], ...more }: { cast?: string[]; things?: string[]; locationId?: string; actId?: string } = {},
) {
  const made = await mira.call.scene.create({ worldId, actId, name, happensOn, ...more })
  await mira.call.scene.setCast({ id: made.id, version: 1, personaIds: cast })
  await mira.call.scene.setThings({ id: made.id, version: 2, thingIds: things })
  return await mira.call.scene.byId({ id: made.id })
}
async function link(name: string, fromId: string, toId: string, more: object = {}) {
  const kind = (await mira.call.linkKind.list({ worldId })).items.find((each) => each.name === name)
  return await mira.call.link.create({ worldId, linkKindId: kind?.id ?? '', fromId, toId, ...more })
}

describe('is found:', () => {
  test('nothing in a world without contradictions', async () => {
    const ada = await persona('Ada', { bornOn: '380', diedOn: '441' })
    await scene('Her birth', '380', { cast: [ada.id] })
    await scene('Her death', '441-03', { cast: [ada.id] })
    await scene('Undated', '400')
    expect(await check()).toEqual({ findings: [], total: 0, dismissed: 0 })
  })

  test('somebody who acts before birth or after death', async () => {
    const ada = await persona('Ada', { bornOn: '380-02', diedOn: '441' })
    const early = await scene('Too early', '380-01', { cast: [ada.id] })
    await scene('Too late', '442', { cast: [ada.id] })
    const { findings } = await check()
    expect(findings.map(({ rule, message }) => [rule, message])).toEqual([
      ['beforeBirth', 'Ada is in the cast of “Too early” (Frostmoon 380 AR), but was born later: Wolfmoon 380 AR.'],
      ['afterDeath', 'Ada is in the cast of “Too late” (442 AR), but died before: 441 AR.'],
    ])
    expect(findings[0]?.entries).toEqual([
      {
        id: early.id,
        kind: 'scene',
        displayName: 'Too early',
        field: 'happensOn',
        date: '380-01',
        text: 'Frostmoon 380 AR',
      },
      { id: ada.id, kind: 'persona', displayName: 'Ada', field: 'bornOn', date: '380-02', text: 'Wolfmoon 380 AR' },
    ])
  })

  test('a life that ends before it begins', async () => {
    await persona('Backwards', { bornOn: '400', diedOn: '399' })
    expect((await check()).findings[0]?.message).toBe('Backwards died (399 AR) before being born: 400 AR.')
  })

  test('one persona in two places at one time, but not in a place and its rooms', async () => {
    const ada = await persona('Ada')
    const town = await place('Town')
    const room = await place('Room', { parentId: town.id })
    const far = await place('Far')
    await scene('In the town', '412-01-12', { cast: [ada.id], locationId: town.id })
    await scene('In the room', '412-01-12', { cast: [ada.id], locationId: room.id })
    expect(await found()).toEqual([])
    const other = await scene('Far away', '412-01-12', { cast: [ada.id], locationId: far.id })
    expect(await found()).toEqual([
      ['twoPlaces', 'possible'],
      ['twoPlaces', 'possible'],
    ])
    await mira.call.scene.update({ id: other.id, version: other.version, happensOn: '412-01-13' })
    expect(await found()).toEqual([])
  })

  test('and surely so if the hours are the same', async () => {
    const ada = await persona('Ada')
    const [one, two] = [await place('One'), await place('Two')]
    await scene('Morning', '412-01-12T08:00', { cast: [ada.id], locationId: one.id })
    await scene('Evening', '412-01-12T20:00', { cast: [ada.id], locationId: two.id })
    expect(await found()).toEqual([])
    await scene('Also morning', '412-01-12T08:00', { cast: [ada.id], locationId: two.id })
    expect(await found()).toEqual([['twoPlaces', 'certain']])
  })

  test('two owners at once, but not one after the other', async () => {
    const [ada, bo, cy] = [await persona('Ada'), await persona('Bo'), await persona('Cy')]
    const ring = await mira.call.thing.create({ worldId, name: 'Ring' })
    await link('owns', ada.id, ring.id, { endedOn: '410' })
    await link('owns', bo.id, ring.id, { beganOn: '410', endedOn: '420' })
    expect(await found()).toEqual([])
    const clash = await link('owns', cy.id, ring.id, { beganOn: '415' })
    const { findings } = await check()
    expect(findings.map(({ message }) => message)).toEqual([
      'Ring has two owners at once: Bo (from 410 AR until 420 AR) and Cy (from 415 AR).',
    ])
    await mira.call.link.delete({ id: clash.id, version: 1 })
    await mira.call.thing.update({ id: ring.id, version: 1, ownerPersonaId: cy.id })
    expect(await found()).toEqual([])
  })

  test('a child that is older than its parent', async () => {
    const [mother, child] = [await persona('Mother', { bornOn: '400' }), await persona('Child', { bornOn: '399' })]
    await link('mother of', mother.id, child.id)
    expect((await check()).findings[0]?.message).toBe(
      'Child (born 399 AR) is older than a parent: Mother (born 400 AR).',
    )
  })

  test('a scene in ruins, or in what was founded later, also through what the place lies in', async () => {
    const town = await place('Town', { foundedOn: '100', ruinedOn: '410' })
    const inn = await place('Inn', { parentId: town.id })
    await scene('Before', '99', { locationId: town.id })
    await scene('Within', '400', { locationId: inn.id })
    await scene('After', '412', { locationId: inn.id })
    expect((await check()).findings.map(({ message }) => message).sort()).toEqual([
      '“After” (412 AR) takes place in Inn in Town, which is in ruins by then: 410 AR.',
      '“Before” (99 AR) takes place in Town, which is founded only later: 100 AR.',
    ])
  })

  test('a thing before it is made or after it is lost', async () => {
    const bell = await mira.call.thing.create({ worldId, name: 'Bell', madeOn: '400', lostOn: '410' })
    for (const year of ['399', '405', '411']) await scene(`In ${year}`, year, { things: [bell.id] })
    expect(await found()).toEqual([
      ['missingThing', 'certain'],
      ['missingThing', 'certain'],
    ])
  })

  test('a mention of what is in the trash', async () => {
    const ada = await persona('Ada')
    await mira.call.thing.create({ worldId, name: 'Letter', body: `To ${writeMention(ada.id, 'Ada')}.` })
    expect(await found()).toEqual([])
    await mira.call.persona.delete({ id: ada.id, version: 1 })
    expect((await check()).findings[0]?.message).toBe('“Letter” mentions “Ada”, which is in the trash.')
    await mira.call.persona.restore({ id: ada.id })
    expect(await found()).toEqual([])
  })

  test('an act out of order with its dates', async () => {
    const second = await mira.call.act.create({ worldId, name: 'The second act', storyId })
    await scene('Late', '412')
    await scene('Early', '410', { actId: second.id })
    expect((await check()).findings[0]?.message).toBe(
      'The act “The second act” comes after “An act”, but all of it happens before.',
    )
  })

  test('nothing of what is in the trash', async () => {
    const ada = await persona('Ada', { bornOn: '400' })
    const early = await scene('Too early', '399', { cast: [ada.id] })
    expect(await found()).toHaveLength(1)
    await mira.call.scene.delete({ id: early.id, version: early.version })
    expect(await found()).toEqual([])
  })
})

describe('a finding', () => {
  test('is dismissed with a reason, and comes back when what it rests on changes', async () => {
    const ada = await persona('Ada', { bornOn: '400' })
    const early = await scene('A dream', '399', { cast: [ada.id] })
    const [finding] = (await check()).findings
    const key = finding?.key ?? ''
    const dismissal = await mira.call.continuity.dismiss({ worldId, key, reason: 'It is a dream.' })
    expect(await check()).toEqual({ findings: [], total: 0, dismissed: 1 })
    expect((await check({ dismissed: true })).findings[0]?.dismissal).toMatchObject({
      id: dismissal.id,
      reason: 'It is a dream.',
      userId: mira.id,
      userName: 'Somebody',
    })
    // A change that has nothing to do with it.
    await mira.call.persona.update({ id: ada.id, version: 1, epithet: 'the Dreamer' })
    expect((await check()).total).toBe(0)
    await mira.call.scene.update({ id: early.id, version: early.version, happensOn: '398' })
    expect((await check()).findings).toMatchObject([{ key, dismissal: null }])
    await mira.call.continuity.dismiss({ worldId, key, reason: 'Still a dream.' })
    const [again] = (await check({ dismissed: true })).findings
    expect(again?.dismissal).toMatchObject({ id: dismissal.id, reason: 'Still a dream.', version: 2 })
    await mira.call.continuity.reopen({ id: dismissal.id, version: 2 })
    expect((await check()).total).toBe(1)
    expect((await mira.call.history.list({ worldId, kind: 'finding' })).items.map(({ action }) => action)).toEqual([
      'delete',
      'update',
      'create',
    ])
  })

  test('is dismissed by editors only, and only one that there is', async () => {
    const ada = await persona('Ada', { bornOn: '400' })
    await scene('Too early', '399', { cast: [ada.id] })
    const key = (await check()).findings[0]?.key ?? ''
    expect(await theo.call.continuity.check({ worldId })).toMatchObject({ total: 1 })
    expect(await failure(theo.call.continuity.dismiss({ worldId, key, reason: 'x' }))).toMatchObject({
      code: 'FORBIDDEN',
    })
    expect(await failure(stranger.call.continuity.check({ worldId }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await failure(mira.call.continuity.dismiss({ worldId, key: 'beforeBirth:x', reason: 'x' }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect((await failure(mira.call.continuity.dismiss({ worldId, key, reason: ' ' }))).message).toContain('Say why')
  })
})
