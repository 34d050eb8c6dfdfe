import type { Language } from '@worldloom/schema'
import * as german from './words.de.ts'
import * as english from './words.ts'

type English = typeof english

/** The texts of templates. The type of an English constant is that text itself, which no other language has. */
export type TemplateWords = { readonly [Name in keyof English]: English[Name] extends string ? string : English[Name] }

export const catalogs: Readonly<Record<Language, TemplateWords>> = { en: english, de: german }
