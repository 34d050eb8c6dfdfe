import { messages as german, nouns as germanNouns } from './errorMessages.de.ts'
import { errorMessages } from './errorMessages.ts'
import type { ErrorReason } from './errorReason.ts'
import type { Language } from './languages.ts'

export interface Saying {
  readonly message: string
  readonly reason: ErrorReason | undefined
}

interface Translation {
  readonly pattern: RegExp
  readonly names: readonly string[]
  readonly text: string
}

interface Dictionary {
  readonly exact: ReadonlyMap<string, string>
  readonly patterns: readonly Translation[]
  readonly nouns: Readonly<Record<string, string>>
}

/** What we put into sentences. Anything else is what people wrote, and stays as it is. */
const ours = new Set(['resource', 'field', 'kind', 'what'])

const dictionaries: Readonly<Record<Exclude<Language, 'en'>, Dictionary>> = {
  de: dictionaryOf(german, germanNouns),
}

/**
 * An error in a language: its message, and what it says of each field. Errors are thrown in English wherever they are
 * found, and translated where they are answered; what no dictionary has stays in English.
 */
export function translateError({ message, reason }: Saying, language: Language): Saying {
  if (language === 'en') return { message, reason }
  const said = (sentence: string) => translationOf(sentence, language) ?? sentence
  if (reason?.kind !== 'badInput') return { message: said(message), reason }
  const fields = Object.fromEntries(Object.entries(reason.fields).map(([field, faults]) => [field, faults.map(said)]))
  return { message: errorMessages.badInput(fields), reason: { kind: 'badInput', fields } }
}

/** A sentence in a language; undefined if the dictionary lacks it. */
export function translationOf(sentence: string, language: Exclude<Language, 'en'>): string | undefined {
  const dictionary = dictionaries[language]
  const known = dictionary.exact.get(sentence)
  if (known !== undefined) return known
  for (const { pattern, names, text } of dictionary.patterns) {
    const match = pattern.exec(sentence)
    if (!match) continue
    const values = new Map(names.map((name, index) => [name, match[index + 1] ?? '']))
    return text.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values.get(name) ?? ''
      return ours.has(name) ? (dictionary.nouns[value] ?? value) : value
    })
  }
  return undefined
}

function dictionaryOf(messages: Readonly<Record<string, string>>, nouns: Readonly<Record<string, string>>): Dictionary {
  const all = Object.entries(messages)
  const hasParts = ([english]: [string, string]) => /\{\w+\}/.test(english)
  return {
    exact: new Map(all.filter((entry) => !hasParts(entry))),
    patterns: all.filter(hasParts).map(([english, text]) => ({
      names: [...english.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
      pattern: new RegExp(
        `^${english
          .split(/\{\w+\}/)
          .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
          .join('([^]+?)')}$`,
      ),
      text,
    })),
    nouns,
  }
}
