import { withoutMentions, writeMention } from '@worldloom/schema'
import { describe, expect, test } from 'vitest'
import { failure, person, shareWorld, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)
const theo = await person(db)
const stranger = await person(db)
const { id: worldId } = await mira.call.world.create({ name: 'The Iron Coast' })
const elsewhere = await mira.call.world.create({ name: 'Elsewhere' })
await shareWorld(db, worldId, theo.id, 'viewer')

const wren = await mira.call.persona.create({ worldId, name: 'Wren Halloran' })
const light = await mira.call.location.create({ worldId, name: 'The Ninth Light' })
const foreign = await mira.call.persona.create({ worldId: elsewhere.id, name: 'Wren Halloran' })

let count = 0
const write = async (body: string, more: object = {}) =>
  await mira.call.thing.create({ worldId, name: `Thing ${++count}`, body, ...more })
const mentioning = async (id: string) =>
  (await mira.call.mention.list({ id })).items.map(({ other, field, sentence, count: times }) => [
    other?.name ?? null,
    field,
    sentence,
    times,
  ])
const mentioned = async (id: string) =>
  (await mira.call.mention.list({ id, side: 'out' })).items.map(({ other }) => other?.id)

describe('a mention', () => {
  test('is shown at what it names, with the sentence around it', async () => {
    const letter = await write(
      `A letter. It was *written* by ${writeMention(wren.id, 'Wren Halloran')}, long ago! Nobody read it. So says [Wren](entry:${wren.id}).`,
    )
    expect(await mentioning(wren.id)).toEqual([[letter.name, 'body', 'It was written by Wren Halloran, long ago!', 2]])
    expect(await mentioned(letter.id)).toEqual([wren.id])
    await mira.call.thing.delete({ id: letter.id, version: 1 })
    expect(await mentioning(wren.id)).toEqual([])
    await mira.call.thing.restore({ id: letter.id })
    expect(await mentioning(wren.id)).toHaveLength(1)
    await mira.call.thing.update({ id: letter.id, version: 3, body: 'Burnt.' })
    expect(await mentioning(wren.id)).toEqual([])
  })

  test('is found in every long text, also of the world itself', async () => {
    const persona = await mira.call.persona.create({
      worldId,
      name: 'Bastian',
      description: `Friend of ${writeMention(wren.id, 'Wren')}.`,
      motivations: `To free ${writeMention(wren.id, 'Wren')}.`,
    })
    const { version } = await mira.call.world.byId({ id: worldId })
    await mira.call.world.update({ id: worldId, version, body: `The world of ${writeMention(wren.id, 'Wren')}.` })
    expect(await mentioning(wren.id)).toEqual([
      [null, 'body', 'The world of Wren.', 1],
      ['Bastian', 'description', 'Friend of Wren.', 1],
      ['Bastian', 'motivations', 'To free Wren.', 1],
    ])
    await mira.call.persona.delete({ id: persona.id, version: 1 })
    await mira.call.world.update({ id: worldId, version: version + 1, body: '' })
  })

  test('survives renaming', async () => {
    const persona = await mira.call.persona.create({ worldId, name: 'Before' })
    const text = `It is ${writeMention(persona.id, 'Before')}, called [the old one](entry:${persona.id}).`
    const thing = await write(text)
    await mira.call.persona.update({ id: persona.id, version: 1, name: 'After' })
    const [item] = (await mira.call.mention.list({ id: thing.id, side: 'out' })).items
    const nameOf = (id: string) => (id === persona.id ? item?.other?.displayName : undefined)
    expect(withoutMentions(text, nameOf)).toBe('It is After, called the old one.')
  })

  test('in code, of another world, of nothing or of the entry itself is none', async () => {
    const mention = writeMention(wren.id, 'Wren')
    const thing = await write(
      [
        `\`${mention}\``,
        `\`\`\`\n${mention}\n\`\`\``,
        `    ${mention}`,
        `[x](entry:${foreign.id})`,
        `[y](entry:${worldId})`,
      ].join('\n\n'),
    )
    expect(await mentioned(thing.id)).toEqual([])
    await mira.call.thing.update({
      id: thing.id,
      version: 1,
      body: `Itself: ${writeMention(thing.id, 'I')}. And ${mention}.`,
    })
    expect(await mentioned(thing.id)).toEqual([wren.id])
    await mira.call.thing.delete({ id: thing.id, version: 2 })
  })

  test.each([
    ['many @', '@'.repeat(199_000)],
    ['many brackets', '['.repeat(100_000)],
    ['many beginnings', '[@a](entry:'.repeat(10_000)],
    ['many mentions', `${writeMention(wren.id, 'W')} `.repeat(3000)],
    ['a long name', writeMention(wren.id, 'x'.repeat(100_000))],
  ])('is read from %s without harm', async (_, body) => {
    const thing = await write(body)
    expect((await mira.call.mention.list({ id: thing.id, side: 'out' })).items.length).toBeLessThanOrEqual(1)
    expect((await mira.call.thing.byId({ id: thing.id })).body).toBe(body)
    await mira.call.thing.delete({ id: thing.id, version: 1 })
  })

  test('of 1 MB is refused, as any text of that length', async () => {
    expect((await failure(write('@'.repeat(1_000_000)))).message).toContain('At most 650,000')
  })

  test('is nothing to those who may not read it', async () => {
    expect((await theo.call.mention.list({ id: light.id })).items).toEqual([])
    expect(await failure(stranger.call.mention.list({ id: light.id }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await failure(stranger.call.mention.find({ id: light.id }))).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a placeholder', () => {
  test('is listed until somebody fills it in', async () => {
    const made = await mira.call.persona.create({ worldId, name: 'The Drowned Man', isPlaceholder: true })
    await write(`Somebody saw ${writeMention(made.id, 'The Drowned Man')}. And again: ${writeMention(made.id, 'him')}.`)
    const list = async () => (await mira.call.world.placeholders({ id: worldId })).items
    expect(await list()).toMatchObject([{ id: made.id, kind: 'persona', mentions: 2 }])
    const filled = await mira.call.persona.update({ id: made.id, version: 1, description: 'He came up the stairs.' })
    expect(filled.isPlaceholder).toBe(false)
    expect(await list()).toEqual([])
    expect(await failure(stranger.call.world.placeholders({ id: worldId }))).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('names in a text', () => {
  test('are found with what is around them, and become mentions in one go', async () => {
    const body = [
      'Wren Halloran keeps The Ninth Light. Wren is not a name of anybody, nor is halloran.',
      '`Wren Halloran` in code, [Wren Halloran](https://example.com) in a link, and WREN HALLORAN again.',
      `Already there: ${writeMention(wren.id, 'Wren Halloran')}.`,
    ].join('\n\n')
    const thing = await write(body, { description: 'A gift of Wren Halloran.' })
    const { items, version, isCut } = await mira.call.mention.find({ id: thing.id })
    expect(isCut).toBe(false)
    expect(items.map(({ field, text, entry }) => [field, text, entry.id])).toEqual([
      ['description', 'Wren Halloran', wren.id],
      ['body', 'Wren Halloran', wren.id],
      ['body', 'The Ninth Light', light.id],
      ['body', 'WREN HALLORAN', wren.id],
    ])
    expect(items[1]).toMatchObject({ start: 0, before: '', after: expect.stringContaining(' keeps The Ninth') })

    const [, , chosen] = items
    const names = [{ field: 'body', start: chosen?.start ?? 0, entryId: light.id }]
    const some = await mira.call.mention.convert({ id: thing.id, version, names })
    expect(some).toEqual({ version: 2, mentions: 1 })
    expect(await failure(mira.call.mention.convert({ id: thing.id, version: 1 }))).toMatchObject({
      reason: { kind: 'changed' },
    })
    expect(await mira.call.mention.convert({ id: thing.id, version: 2 })).toEqual({ version: 3, mentions: 3 })
    const after = await mira.call.thing.byId({ id: thing.id })
    expect(after.body).toContain(
      `${writeMention(wren.id, 'Wren Halloran')} keeps ${writeMention(light.id, 'The Ninth Light')}.`,
    )
    expect(after.body).toContain('`Wren Halloran` in code, [Wren Halloran](https://example.com) in a link')
    expect(withoutMentions(after.description)).toBe('A gift of Wren Halloran.')
    expect((await mira.call.mention.find({ id: thing.id })).items).toEqual([])
  })

  test('that several entries have are left alone, and the longer of two counts', async () => {
    await mira.call.persona.create({ worldId, name: 'Ash' })
    await mira.call.location.create({ worldId, name: 'Ash' })
    await mira.call.persona.create({ worldId, name: 'Mary' })
    const queen = await mira.call.persona.create({ worldId, name: 'Mary of the Marsh' })
    const thing = await write('Ash met Mary of the Marsh.')
    expect((await mira.call.mention.find({ id: thing.id })).items.map(({ entry }) => entry.id)).toEqual([queen.id])
  })

  test('that are not there are refused', async () => {
    const thing = await write('Wren Halloran.')
    const names = [{ field: 'body', start: 3, entryId: wren.id }]
    expect((await failure(mira.call.mention.convert({ id: thing.id, version: 1, names }))).message).toContain(
      'Not all of these',
    )
    expect(await failure(theo.call.mention.convert({ id: thing.id, version: 1 }))).toMatchObject({ code: 'FORBIDDEN' })
  })
})
