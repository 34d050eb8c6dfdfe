import { z } from 'zod'
import { idField, versionField } from '../ids.ts'
import { defineEntity } from './defineEntity.ts'
import { choice, line, paragraph } from './fields.ts'

export const story = defineEntity({
  kind: 'story',
  plural: 'stories',
  wording: { one: 'story', many: 'stories', about: 'A story is told in acts, and acts in scenes.' },
  fields: {
    logline: paragraph({ label: 'Logline', hint: 'The whole story in one sentence' }, 500),
    genre: line({ label: 'Genre' }, 100),
    status: choice(
      { label: 'Status', isPlan: true },
      { idea: 'Idea', outline: 'Outline', draft: 'Draft', revision: 'Revision', finished: 'Finished' },
    ),
  },
  linkedBy: { bookId: { kind: 'book', label: 'Books' } },
})

const brief = { id: idField, name: z.string(), displayName: z.string() }

/** A story as a board: its acts and scenes in order. */
export const storyOutline = z
  .object({
    id: idField,
    worldId: idField,
    displayName: z.string(),
    acts: z.array(
      z.object({
        ...brief,
        description: z.string(),
        version: versionField,
        scenes: z.array(
          z.object({
            ...brief,
            description: z.string(),
            version: versionField,
            purpose: z.string(),
            mood: z.string(),
            happensAt: z.string(),
            happensOn: z.string().nullable(),
            coverId: idField.nullable(),
            location: z.object(brief).nullable(),
            cast: z.array(z.object(brief)),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'StoryOutline' })
export type StoryOutline = z.output<typeof storyOutline>
