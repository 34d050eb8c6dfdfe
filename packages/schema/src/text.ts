import { z } from 'zod'

/**
 * Text as people write it: any script, emoji, right to left. One Unicode form (NFC), so that what looks the
 * same is the same; no NUL, which PostgreSQL cannot store, and no half characters (lone surrogates).
 */
export function text(maximum: number) {
  return z
    .string({ error: 'Must be text' })
    .max(maximum, `At most ${maximum.toLocaleString('en')} characters`)
    .refine((value) => value.isWellFormed() && !value.includes('\0'), 'Contains characters that cannot be stored')
    .overwrite((value) => value.normalize('NFC'))
}

/** What a thing is called: one line, unique among its siblings without regard to case. */
export const nameField = text(255)
  .overwrite((value) => value.trim().replace(/\s+/gu, ' '))
  .refine((value) => visible(value), 'Give it a name')

/** A part of a person's name, as they write it. */
export const personNameField = text(100)
  .overwrite((value) => value.trim().replace(/\s+/gu, ' '))
  .refine((value) => visible(value), 'Is required')

/** How a name is shown where that differs, e.g. with an article or a title. */
export const displayNameField = text(255).overwrite((value) => value.trim())

/** A few lines, plain. */
export const descriptionField = text(2000).overwrite((value) => value.trim())

/** Long text in Markdown. */
export const bodyField = text(200_000)

/** Text to find something by. */
export const searchField = text(255).overwrite((value) => value.trim())

/** Something a person can see: not only spaces, joiners and other format characters. */
function visible(value: string): boolean {
  return /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Control}]/u.test(value)
}
