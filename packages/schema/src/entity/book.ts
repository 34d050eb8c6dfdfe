import { z } from 'zod'
import { idField } from '../ids.ts'
import { defineEntity } from './defineEntity.ts'
import { date, type Field } from './fields.ts'

/**
 * Ten or thirteen digits, the last of which is a check digit:
 * https://www.isbn-international.org/content/isbn-users-manual
 */
const isbnField = z
  .string({ error: 'Must be text' })
  .max(30, 'At most 30 characters')
  .overwrite((value) => value.toUpperCase().replace(/[\s-]/g, ''))
  .refine((value) => isIsbn(value), 'Is not an ISBN: check its digits')
  .nullable()

function isIsbn(isbn: string): boolean {
  if (/^\d{9}[\dX]$/.test(isbn)) {
    const sum = [...isbn].reduce(
      (total, digit, index) => total + (10 - index) * (digit === 'X' ? 10 : Number(digit)),
      0,
    )
    return sum % 11 === 0
  }
  if (!/^97[89]\d{10}$/.test(isbn)) return false
  return [...isbn].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0) % 10 === 0
}

export const book = defineEntity({
  kind: 'book',
  plural: 'books',
  wording: { one: 'book', many: 'books', about: 'A book binds stories in an order of its own.' },
  fields: {
    isbn: {
      label: 'ISBN',
      hint: 'Ten or thirteen digits',
      schema: isbnField,
      initial: null,
      control: { as: 'line' },
    } satisfies Field,
    publishedOn: date({ label: 'Published on' }),
  },
})

/** Which one it goes after. Null puts it first; if omitted, it goes last. */
const afterField = idField.nullish()

export const bookAddStoryInput = z.strictObject({ id: idField, storyId: idField, afterId: afterField })
export const bookRemoveStoryInput = z.strictObject({ id: idField, storyId: idField })
export const bookReorderInput = z.strictObject({ id: idField, storyId: idField, afterId: afterField })
