import type { Language } from '@worldloom/schema'
import * as german from './words.de.ts'
import * as english from './words.ts'

export type ContinuityWords = typeof english

/** The sentences of the rules. */
export const catalogs: Readonly<Record<Language, ContinuityWords>> = { en: english, de: german }
