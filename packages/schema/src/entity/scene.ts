import { z } from 'zod'
import { idField, versionField } from '../ids.ts'
import { entityBrief } from './brief.ts'
import { defineEntity } from './defineEntity.ts'
import { line, paragraph, reference, worldDate } from './fields.ts'

export const scene = defineEntity({
  kind: 'scene',
  plural: 'scenes',
  wording: { one: 'scene', many: 'scenes', about: 'A scene is one time, one place, and somebody who wants something.' },
  fields: {
    purpose: paragraph({ label: 'Purpose', hint: 'What the story could not do without it', isPlan: true }),
    mood: line({ label: 'Mood' }, 100),
    happensOn: worldDate({ label: 'Date', hint: 'In the calendar of the world' }, 'moment'),
    happensAt: line({ label: 'When', hint: 'In your words: “the third bell, midwinter”' }),
    locationId: reference({ label: 'Place' }, 'location'),
  },
  parent: { field: 'actId', kind: 'act', label: 'Act', required: true },
  ordered: true,
  linkedBy: { personaId: { kind: 'persona', label: 'Cast' }, thingId: { kind: 'thing', label: 'Things' } },
})

/** As `act.move`, between acts. */
export const sceneMoveInput = z.strictObject({
  id: idField,
  actId: idField.optional(),
  afterId: idField.nullish(),
})

const manyIds = z.array(idField).max(500, 'At most 500')

export const sceneSetCastInput = z.strictObject({ id: idField, version: versionField, personaIds: manyIds })
export const sceneSetThingsInput = z.strictObject({ id: idField, version: versionField, thingIds: manyIds })
export const sceneSetLocationInput = z.strictObject({
  id: idField,
  version: versionField,
  locationId: idField.nullable(),
})

/** The cast, things and place of a scene, without those in the trash. */
export const sceneParts = z
  .object({ location: entityBrief.nullable(), cast: z.array(entityBrief), things: z.array(entityBrief) })
  .meta({ id: 'SceneParts' })
export type SceneParts = z.output<typeof sceneParts>
