import { describe, expect, test } from 'vitest'
import { type ErrorReason, translateError, translationOf } from '../src/index.ts'

const german = (message: string, reason?: ErrorReason) => translateError({ message, reason }, 'de')

describe('an error in German', () => {
  test('says what was put into it', () => {
    expect(german('A world can have 100 maps. Delete some first.').message).toBe(
      'Eine Welt kann 100 Karten haben. Lösche zuerst einige.',
    )
    expect(german('“A {name} and $&” has been changed again since. Nothing was undone.').message).toBe(
      '„A {name} and $&“ wurde seitdem wieder geändert. Es wurde nichts rückgängig gemacht.',
    )
  })

  test('names what it is about in German, and what people have named as they did', () => {
    expect(german('No such scene, or it isn’t shared with you.').message).toBe(
      'Nicht gefunden oder nicht mit dir geteilt: Szene.',
    )
    expect(german('“scene” has been worked on since. Move it to the trash instead.').message).toContain('„scene“')
  })

  test('says of each field what is wrong with it', () => {
    const reason: ErrorReason = {
      kind: 'badInput',
      fields: { name: ['Give it a name'], body: ['At most 12 characters'] },
    }
    expect(german('name: Give it a name. body: At most 12 characters', reason)).toEqual({
      message: 'name: Gib einen Namen an. body: Höchstens 12 Zeichen',
      reason: { kind: 'badInput', fields: { name: ['Gib einen Namen an'], body: ['Höchstens 12 Zeichen'] } },
    })
  })

  test('stays as it is where no dictionary has it, and in English', () => {
    expect(german('Of that, nobody has thought.').message).toBe('Of that, nobody has thought.')
    expect(translationOf('Of that, nobody has thought.', 'de')).toBeUndefined()
    expect(translateError({ message: 'Sign in first.', reason: undefined }, 'en').message).toBe('Sign in first.')
  })
})
