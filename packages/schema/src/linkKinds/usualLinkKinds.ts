import type { LinkKind } from '../connected.ts'
import type { Language } from '../languages.ts'
import * as german from './words.de.ts'
import * as english from './words.ts'

export type UsualLinkKind = keyof typeof english

/** What they are called, as content of a world: in the language of whoever creates it. */
const names: Readonly<Record<Language, typeof english>> = { en: english, de: german }

type Rules = Pick<LinkKind, 'isSymmetric' | 'fromKinds' | 'toKinds' | 'cardinality' | 'isAcyclic' | 'meaning'>

const betweenPersonas: Rules = {
  isSymmetric: false,
  fromKinds: ['persona'],
  toKinds: ['persona'],
  cardinality: 'manyToMany',
  isAcyclic: false,
  meaning: null,
}
const symmetric: Rules = { ...betweenPersonas, isSymmetric: true }
const parent: Rules = { ...betweenPersonas, cardinality: 'oneToMany', isAcyclic: true, meaning: 'parent' }

type NamedLinkKind = Rules & { readonly name: string; readonly inverseName: string }

/** The kinds of links that a new world begins with. */
const rulesOf: Readonly<Record<UsualLinkKind, Rules>> = {
  motherOf: parent,
  fatherOf: parent,
  siblingOf: symmetric,
  marriedTo: symmetric,
  friendOf: symmetric,
  enemyOf: symmetric,
  loves: betweenPersonas,
  teacherOf: betweenPersonas,
  serves: betweenPersonas,
  owesADebtTo: betweenPersonas,
  livesIn: { ...betweenPersonas, toKinds: ['location'] },
  rules: { ...betweenPersonas, toKinds: ['location'] },
  owns: { ...betweenPersonas, toKinds: ['thing', 'location'], meaning: 'ownership' },
  made: { ...betweenPersonas, toKinds: ['thing'] },
  picturedIn: { ...betweenPersonas, fromKinds: [], toKinds: ['image'] },
  causes: { ...betweenPersonas, fromKinds: ['scene'], toKinds: ['scene'], isAcyclic: true },
}

/** Those, as they are called in a world that is created in this language. */
export function usualLinkKinds(language: Language): readonly NamedLinkKind[] {
  // The keys are those of the catalog, as the type of the rules says.
  return (Object.keys(rulesOf) as UsualLinkKind[]).map((kind) => {
    const [name, inverseName] = names[language][kind]
    return { ...rulesOf[kind], name, inverseName }
  })
}

export function usualLinkKindName(kind: UsualLinkKind, language: Language): string {
  return names[language][kind][0]
}
