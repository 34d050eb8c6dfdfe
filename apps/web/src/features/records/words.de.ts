import { listed } from '../../lib/list.ts'
import { plural } from '../../lib/plural.ts'
import type * as english from './words.ts'

export const areEditing: typeof english.areEditing = (names, label) =>
  `${listed(names)} ${plural(names.length, { one: 'bearbeitet', other: 'bearbeiten' })} gerade ${label}.`
export const backToEditing = 'Zurück zum Bearbeiten'
export const body = 'Text'
export const bothSayTheSameSave = 'Beide sagen dasselbe: Speichere, um die neueste Fassung zu nehmen.'
export const createWhat: typeof english.createWhat = (noun) => `${noun} anlegen`
export const edit = 'Bearbeiten'
export const empty = 'leer'
export const entries = 'Einträge'
export const markdownHeadingsBoldListsMentions =
  'Markdown: # Überschriften, **fett**, - Listen; @ erwähnt einen Eintrag'
export const noneOf: typeof english.noneOf = (label) => `${label}: keine Angabe`
export const saveThisVersion = 'Diese Fassung speichern'
export const searchFor: typeof english.searchFor = (what) => `${what} durchsuchen`
export const showAllOf: typeof english.showAllOf = (label) => `${label}: alle zeigen`
export const shownInsteadOfTheName = 'Wird statt des Namens gezeigt'
export const signInAgainInA = 'melde dich in einem neuen Tab wieder an'

export const theirsSaved: typeof english.theirsSaved = (when) => `Andere Fassung, gespeichert ${when}`
export const youHaveBeenSignedOut: typeof english.youHaveBeenSignedOut = (a) => [
  'Du wurdest abgemeldet. Was du eingegeben hast, bleibt erhalten: ',
  a,
  ', dann komm zurück und speichere.',
]
export const yours = 'Deine'
