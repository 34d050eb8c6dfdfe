import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FormField } from '../src/features/records/recordFields.ts'
import { rebase } from '../src/features/writing/entryDraft.ts'
import { mergeTexts } from '../src/features/writing/mergeTexts.ts'

const fields: readonly FormField[] = [
  { name: 'name', label: 'Name', control: { as: 'line' }, initial: '' },
  { name: 'body', label: 'Body', control: { as: 'markdown' }, initial: '' },
]
const base = { version: 1, values: { name: 'Wren', body: 'One.\n\nTwo.\n\nThree.' } }
const onto = (values: Partial<typeof base.values>) => ({ version: 2, values: { ...base.values, ...values } })

describe('what was written over an older version', () => {
  test('goes together with what others changed in other fields', () => {
    const mine = { ...base.values, body: 'Mine.' }
    expect(rebase(fields, mine, base, onto({ name: 'Wren Halloran' }))).toEqual({
      values: { name: 'Wren Halloran', body: 'Mine.' },
      conflicts: [],
    })
  })

  test('goes together with what others changed in other paragraphs of the same text', () => {
    const mine = { ...base.values, body: 'One, by me.\n\nTwo.\n\nThree.' }
    expect(rebase(fields, mine, base, onto({ body: 'One.\n\nTwo.\n\nThree, by them.' })).values.body).toBe(
      'One, by me.\n\nTwo.\n\nThree, by them.',
    )
  })

  test('is for a person to decide where both changed the same', () => {
    const named = (conflicts: readonly FormField[]) => conflicts.map(({ name }) => name)
    const bodies = rebase(fields, { ...base.values, body: 'Mine.' }, base, onto({ body: 'Theirs.' }))
    expect(named(bodies.conflicts)).toEqual(['body'])
    // A line is not merged: half a name is none.
    expect(named(rebase(fields, { ...base.values, name: 'A' }, base, onto({ name: 'B' })).conflicts)).toEqual(['name'])
    expect(rebase(fields, { ...base.values, name: 'A' }, base, onto({ name: 'A' }))).toMatchObject({
      values: { name: 'A' },
      conflicts: [],
    })
  })

  test('is merged where it can be, though a person has to decide about another field', () => {
    const mine = { name: 'A', body: 'One, by me.\n\nTwo.\n\nThree.' }
    const theirs = onto({ name: 'B', body: 'One.\n\nTwo.\n\nThree, by them.' })
    expect(rebase(fields, mine, base, theirs)).toEqual({
      values: { name: 'A', body: 'One, by me.\n\nTwo.\n\nThree, by them.' },
      conflicts: [fields[0]],
    })
  })
})

test('merging loses nothing that only one of them wrote', () => {
  const paragraph = fc.stringMatching(/^[a-z ]{1,20}$/)
  fc.assert(
    fc.property(
      fc.array(paragraph, { minLength: 3, maxLength: 8 }),
      fc.nat(),
      fc.nat(),
      paragraph,
      paragraph,
      (texts, one, other, mine, theirs) => {
        // Unlike each other, as a merge tells them apart by what they say, and not next to each other.
        const paragraphs = texts.map((text, index) => `${index} ${text}`)
        const [first, second] = [one % texts.length, other % texts.length]
        fc.pre(Math.abs(first - second) > 1)
        const change = (index: number, text: string) => paragraphs.with(index, text).join('\n')
        const merged = mergeTexts(
          paragraphs.join('\n'),
          change(first, `mine ${mine}`),
          change(second, `theirs ${theirs}`),
        )
        expect(merged).toBe(paragraphs.with(first, `mine ${mine}`).with(second, `theirs ${theirs}`).join('\n'))
      },
    ),
  )
})
