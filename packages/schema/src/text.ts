import { z } from 'zod'

/**
 * Text as people write it: any script, emoji, right to left. Normalised to NFC, so that texts that look the same are
 * the same. No NUL, which PostgreSQL cannot store, and no lone surrogates.
 */
export function text(maximum: number) {
  return z
    .string({ error: 'Must be text' })
    .max(maximum, `At most ${maximum.toLocaleString('en')} characters`)
    .refine((value) => value.isWellFormed() && !value.includes('\0'), 'Contains characters that cannot be stored')
    .overwrite((value) => value.normalize('NFC'))
}

/** A name: one line, unique among its siblings, ignoring case. */
export const nameField = text(255)
  .overwrite((value) => value.trim().replace(/\s+/gu, ' '))
  .refine((value) => visible(value), 'Give it a name')

/** Part of a person's name, as they write it. */
export const personNameField = text(100)
  .overwrite((value) => value.trim().replace(/\s+/gu, ' '))
  .refine((value) => visible(value), 'Is required')

/** How a name is displayed if that differs, e.g. with an article or a title. */
export const displayNameField = text(255).overwrite((value) => value.trim())

/** A few lines of plain text. */
export const descriptionField = text(2000).overwrite((value) => value.trim())

/** How many characters a long text can have: 100,000 words of English, and not more than a request may carry in any script. */
export const maxBody = 650_000

/** Long text in Markdown. */
export const bodyField = text(maxBody)

/** Text to search for. */
export const searchField = text(255).overwrite((value) => value.trim())

/** Has at least one visible character: not only spaces, joiners and other format characters. */
function visible(value: string): boolean {
  return /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Control}]/u.test(value)
}
