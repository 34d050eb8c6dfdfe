import { z } from 'zod'
import { idField } from '../ids.ts'
import { defineEntity } from './defineEntity.ts'

export const act = defineEntity({
  kind: 'act',
  plural: 'acts',
  wording: { one: 'act', many: 'acts', about: 'An act is a part of a story: something is other at its end.' },
  fields: {},
  parent: { field: 'storyId', kind: 'story', label: 'Story', required: true },
  ordered: true,
})

/** Where to: into a story (by default its own), after one of its acts. Null puts it first; if omitted, it goes last. */
export const actMoveInput = z.strictObject({
  id: idField,
  storyId: idField.optional(),
  afterId: idField.nullish(),
})
