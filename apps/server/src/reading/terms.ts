import type { Database } from '@worldloom/db'
import { type EntityDefinition, type EntityKind, entitiesIn, type Language, structures } from '@worldloom/schema'
import { structures as germanStructures } from '@worldloom/schema/structures.de'
import type { Reading } from '@worldloom/worlds'
import * as german from './words.de.ts'
import * as english from './words.ts'

/** A catalog, whatever its language. */
export type Words = {
  readonly [Key in keyof typeof english]: (typeof english)[Key] extends string ? string : (typeof english)[Key]
}

/** What the pages are made of in a visitor's language. */
export interface Terms {
  readonly language: Language
  readonly words: Words
  readonly kinds: Readonly<Record<EntityKind, EntityDefinition>>
  readonly structures: Readonly<Record<keyof typeof structures, readonly [out: string, back: string]>>
}

const all: Readonly<Record<Language, Terms>> = {
  en: { language: 'en', words: english, kinds: entitiesIn('en'), structures },
  de: { language: 'de', words: german, kinds: entitiesIn('de'), structures: germanStructures },
}

export function termsIn(language: Language): Terms {
  return all[language]
}

/** A world that somebody reads, and the words they read it in. */
export interface ReadingIn extends Reading {
  readonly terms: Terms
  /** Where it is read from. */
  readonly db: Database
}
