import { describe, expect, test } from 'vitest'
import { bodyField, nameField } from '../src/index.ts'

const fault = (value: unknown) => nameField.safeParse(value).error?.issues[0]?.message

describe('names', () => {
  test('any script, emoji and right-to-left text is a name', () => {
    for (const name of ['Arda', '中つ国', 'عالم الظل', '🌍', '👩‍👩‍👧', 'a'.repeat(255)]) {
      expect(nameField.parse(name)).toBe(name)
    }
  })

  test('spaces around and runs of them within do not make another name', () => {
    expect(nameField.parse('  Middle \t Earth ')).toBe('Middle Earth')
  })

  test('both Unicode forms of a name are one', () => {
    expect(nameField.parse('Ame\u0301lie')).toBe(nameField.parse('Am\u00e9lie'))
  })

  test('what nobody could see is not a name', () => {
    for (const name of ['', '   ', '\u200b\u200d', '\u202e', '\u00a0']) expect(fault(name)).toBe('Give it a name')
  })

  test('too long, NUL and half characters are refused with a sentence', () => {
    expect(fault('a'.repeat(256))).toBe('At most 255 characters')
    expect(fault('a\0b')).toBe('Contains characters that cannot be stored')
    expect(fault('a\ud800b')).toBe('Contains characters that cannot be stored')
    expect(fault(7)).toBe('Must be text')
  })
})

test('a body keeps its lines and spaces', () => {
  expect(bodyField.parse('# One\n\n  two  \n')).toBe('# One\n\n  two  \n')
})
