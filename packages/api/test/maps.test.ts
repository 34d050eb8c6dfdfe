import { maxMarkers } from '@worldloom/schema'
import { describe, expect, test } from 'vitest'
import { caller, failure, person, shareWorld, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)
const theo = await person(db)
const stranger = await person(db)
const { id: worldId } = await mira.call.world.create({ name: 'The Iron Coast' })
await shareWorld(db, worldId, theo.id, 'viewer')
const image = await mira.call.image.create({ worldId, name: 'Coast' })
const harbour = await mira.call.location.create({ worldId, name: 'Harbour', description: 'Where ships are.' })
const make = async () => await mira.call.map.create({ worldId, name: 'The coast', imageId: image.id })
const noReason = { code: 'NOT_FOUND' }

describe('a map', () => {
  test('is of an image, has a scale and layers, and is listed', async () => {
    const made = await mira.call.map.create({
      ...{ worldId, name: ' The coast ', imageId: image.id, unit: 'leagues', unitsAcross: 40 },
      layers: [{ id: 1, name: 'Roads' }],
    })
    expect(made).toMatchObject({
      ...{ name: 'The coast', unit: 'leagues', unitsAcross: 40, locationId: null, version: 1 },
      layers: [{ id: 1, name: 'Roads', isHidden: false }],
    })
    const { items } = await theo.call.map.list({ worldId })
    expect(items).toMatchObject([{ id: made.id, image: null, location: null, count: 0 }])
    const updated = await mira.call.map.update({ id: made.id, version: 1, locationId: harbour.id })
    expect(updated).toMatchObject({ locationId: harbour.id, version: 2, unit: 'leagues' })
    expect((await theo.call.map.of({ id: harbour.id })).items).toEqual([
      { id: made.id, name: 'The coast', how: 'location' },
    ])
    expect((await theo.call.map.of({ id: image.id })).items).toMatchObject([{ how: 'image' }])
    await mira.call.map.delete({ id: made.id, version: 2 })
    expect((await theo.call.map.list({ worldId })).items).toEqual([])
    expect(await failure(theo.call.map.byId({ id: made.id }))).toMatchObject(noReason)
  })

  test('has markers of entries and with labels, which are moved and removed', async () => {
    const { id } = await make()
    const pin = await mira.call.marker.create({ mapId: id, entityId: harbour.id, points: [[0.25, 0.5]] })
    expect(pin).toMatchObject({ shape: 'pin', entityKind: 'location', color: 'red', label: '' })
    const corners: [number, number][] = [
      [0, 0],
      [1, 0],
      [0.5, 1],
    ]
    const area = await mira.call.marker.create({ mapId: id, shape: 'area', label: 'Here be dragons', points: corners })
    const whole = await theo.call.map.byId({ id })
    expect(whole.markers).toMatchObject([
      { id: pin.id, points: [[0.25, 0.5]], entry: { name: 'Harbour', description: 'Where ships are.' } },
      { id: area.id, entry: null, points: corners, label: 'Here be dragons' },
    ])
    const moved = await mira.call.marker.update({ id: pin.id, version: 1, points: [[0.75, 0.5]] })
    expect(moved).toMatchObject({ points: [[0.75, 0.5]], entityId: harbour.id, version: 2 })
    expect((await theo.call.map.of({ id: harbour.id })).items).toMatchObject([{ id, how: 'marked' }])
    await mira.call.marker.delete({ id: area.id, version: 1 })
    expect((await theo.call.map.byId({ id })).markers).toHaveLength(1)

    // A marker of an entry in the trash is not shown.
    await mira.call.location.delete({ id: harbour.id, version: harbour.version })
    expect((await theo.call.map.byId({ id })).markers).toEqual([])
    await mira.call.location.restore({ id: harbour.id })
    expect((await theo.call.map.byId({ id })).markers).toHaveLength(1)
  })

  test('has layers: what was on one that goes is always shown from then on, until that is undone', async () => {
    const layers = [
      { id: 1, name: 'Roads' },
      { id: 2, name: 'Secrets' },
    ]
    const { id } = await mira.call.map.create({ worldId, name: 'Layered', imageId: image.id, layers })
    for (const layerId of [1, 2])
      await mira.call.marker.create({ mapId: id, label: `On ${layerId}`, layerId, points: [[0.5, 0.5]] })
    const layerIds = async () => (await mira.call.map.byId({ id })).markers.map(({ layerId }) => layerId)
    const asked = caller(db, mira.principal, undefined, 'fewer-layers')
    await asked.map.update({ id, version: 1, layers: [{ id: 1, name: 'Ways' }] })
    expect(await layerIds()).toEqual([1, null])
    await mira.call.history.undo({ worldId, requestId: 'fewer-layers' })
    expect(await layerIds()).toEqual([1, 2])
    expect((await mira.call.map.byId({ id })).layers).toMatchObject(layers)
  })

  test('leads from a location to the map of it', async () => {
    const outer = await make()
    const inner = await mira.call.map.create({
      worldId,
      name: 'The harbour',
      imageId: image.id,
      locationId: harbour.id,
    })
    await mira.call.marker.create({ mapId: outer.id, entityId: harbour.id, points: [[0.5, 0.5]] })
    expect((await theo.call.map.byId({ id: outer.id })).markers).toMatchObject([{ innerMapId: inner.id }])
  })

  test('is undone as anything else, and its changes are in the history', async () => {
    const { id } = await make()
    const asking = (requestId: string) => caller(db, mira.principal, undefined, requestId)
    const pin = await asking('pin').marker.create({ mapId: id, entityId: harbour.id, points: [[0.1, 0.1]] })
    await asking('move').marker.update({ id: pin.id, version: 1, points: [[0.2, 0.2]] })
    await mira.call.history.undo({ worldId, requestId: 'move' })
    expect((await mira.call.map.byId({ id })).markers).toMatchObject([{ points: [[0.1, 0.1]], version: 3 }])
    await asking('remove').marker.delete({ id: pin.id, version: 3 })
    await mira.call.history.undo({ worldId, requestId: 'remove' })
    expect((await mira.call.map.byId({ id })).markers).toHaveLength(1)
    await asking('rename').map.update({ id, version: 1, name: 'Renamed' })
    await mira.call.history.undo({ worldId, requestId: 'rename' })
    expect(await mira.call.map.byId({ id })).toMatchObject({ name: 'The coast' })
    await asking('delete').map.delete({ id, version: 3 })
    await mira.call.history.undo({ worldId, requestId: 'delete' })
    expect((await mira.call.map.byId({ id })).markers).toHaveLength(1)
    const { items } = await mira.call.history.list({ worldId, kind: 'marker', limit: 3 })
    expect(items[0]).toMatchObject({ kind: 'marker', subjectName: 'Harbour on The coast' })
  })

  test.each<[given: object, why: string]>([
    [{ points: [] }, 'none'],
    [{ points: [[0.1, 1.2]] }, 'outside'],
    [
      {
        points: [
          [0, 0],
          [1, 1],
        ],
      },
      'a pin at two places',
    ],
    [{ shape: 'area', points: [[0, 0]] }, 'an area of one corner'],
    [{ points: [[0, 0]], layerId: 7 }, 'a layer that is not there'],
    [{ points: [[0, 0]], label: '', entityId: null }, 'neither label nor entry'],
  ])('refuses a marker at %j: %s', async (given) => {
    const { id } = await make()
    const input = { mapId: id, label: 'x', ...given } as unknown as Parameters<typeof mira.call.marker.create>[0]
    expect(await failure(mira.call.marker.create(input))).toMatchObject({ code: 'BAD_REQUEST' })
  })

  test('refers to nothing of another world', async () => {
    const elsewhere = await mira.call.world.create({ name: 'Elsewhere' })
    const far = await mira.call.location.create({ worldId: elsewhere.id, name: 'Far' })
    const foreign = await mira.call.image.create({ worldId: elsewhere.id, name: 'Foreign' })
    const { id } = await make()
    const refused = { code: 'BAD_REQUEST' }
    expect(await failure(mira.call.map.create({ worldId, name: 'x', imageId: foreign.id }))).toMatchObject(refused)
    expect(await failure(mira.call.map.update({ id, version: 1, locationId: far.id }))).toMatchObject(refused)
    const there = { mapId: id, points: [[0, 0]] as [number, number][] }
    expect(await failure(mira.call.marker.create({ ...there, entityId: far.id }))).toMatchObject(refused)
  })

  test('is changed by editors, and seen by nobody else than the world', async () => {
    const { id } = await make()
    const pin = await mira.call.marker.create({ mapId: id, label: 'x', points: [[0, 0]] })
    const attempts = (who: typeof mira) => [
      who.call.map.create({ worldId, name: 'x', imageId: image.id }),
      who.call.map.update({ id, version: 1, name: 'y' }),
      who.call.map.delete({ id, version: 1 }),
      who.call.marker.create({ mapId: id, label: 'x', points: [[0, 0]] }),
      who.call.marker.update({ id: pin.id, version: 1, label: 'y' }),
      who.call.marker.delete({ id: pin.id, version: 1 }),
    ]
    for (const refused of await Promise.all(attempts(theo).map(failure)))
      expect(refused).toMatchObject({ code: 'FORBIDDEN' })
    const reads = [
      stranger.call.map.list({ worldId }),
      stranger.call.map.byId({ id }),
      stranger.call.map.of({ id: harbour.id }),
    ]
    for (const refused of await Promise.all([...attempts(stranger), ...reads].map(failure))) {
      expect(refused).toMatchObject(noReason)
    }
    expect(await failure(mira.call.marker.update({ id: pin.id, version: 9, label: 'y' }))).toMatchObject({
      reason: { kind: 'changed' },
    })
  })

  test('has at most so many markers', async () => {
    const { id } = await make()
    const row = { mapId: id, worldId, label: 'x', shape: 'pin', points: JSON.stringify([[0, 0]]) }
    await db
      .insertInto('mapMarkers')
      .values(Array.from({ length: maxMarkers }, () => row))
      .execute()
    expect(await failure(mira.call.marker.create({ mapId: id, label: 'x', points: [[0, 0]] }))).toMatchObject({
      code: 'CONFLICT',
    })
  })
})
