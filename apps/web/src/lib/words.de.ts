import type * as english from './words.ts'

/** A tag of BCP 47 (https://www.rfc-editor.org/info/bcp47), for Intl. */
export const language: string = 'de'
export const justNow = 'gerade eben'
export const loading = 'Wird geladen …'
export const pageTitle: typeof english.pageTitle = (title) => `${title} · Worldloom`
export const answeredStatus: typeof english.answeredStatus = (status) => `Worldloom hat mit ${status} geantwortet.`
export const unreachable = 'Worldloom ist nicht erreichbar. Prüfe die Verbindung und versuche es noch einmal.'
