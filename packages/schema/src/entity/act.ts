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

/** Where to: into a story, its own where none is said, and after an act of it; null for the beginning, left out for the end. */
export const actMoveInput = z.strictObject({
  id: idField,
  storyId: idField.optional(),
  afterId: idField.nullish(),
})
