import type * as english from './words.ts'

/** A tag of BCP 47 (https://www.rfc-editor.org/info/bcp47), for Intl. */
export const language: string = 'de'
export const justNow = 'gerade eben'
export const loading = 'Wird geladen …'
export const titleWorldloom: typeof english.titleWorldloom = (title) => `${title} · Worldloom`
export const worldloomAnsweredStatus: typeof english.worldloomAnsweredStatus = (status) =>
  `Worldloom hat mit ${status} geantwortet.`
export const worldloomCannotBeReachedCheck =
  'Worldloom ist nicht erreichbar. Prüfe die Verbindung und versuche es noch einmal.'
