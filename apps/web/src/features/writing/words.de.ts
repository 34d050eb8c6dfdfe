import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'
import type * as english from './words.ts'

export const backToThePage = 'Zurück zur Seite'
export const bold = 'Fett'
export const column = 'Spalte'
export const compare = 'Vergleichen'
export const describeItInASentence = 'Beschreibe es in ein, zwei Sätzen'
export const discardChanges = 'Änderungen verwerfen'
export const discardIt = 'Verwerfen'
export const findAndReplace = 'Suchen und ersetzen'
export const formattingOf: typeof english.formattingOf = (label) => `Formatierung von ${label}`
export const goOnWithIt = 'Damit weitermachen'
export const heading = 'Überschrift'
export const isUploaded: typeof english.isUploaded = (name) => `${name} ist hochgeladen.`
export const italic = 'Kursiv'
export const itIsKeptInThis =
  'Es ist in diesem Browser aufgehoben. Wenn du weitermachst, wird es gespeichert, oder du siehst, was jemand anders inzwischen geschrieben hat.'
export const notSavedYet = 'Noch nicht gespeichert'
export const onlyTheText = 'Nur der Text'
export const quote = 'Zitat'
export const saved = 'Gespeichert'
export const savedNow: typeof english.savedNow = (count) =>
  plural(count, {
    one: 'Was du vorher geschrieben hast, ist jetzt gespeichert.',
    other: `Was du vorher geschrieben hast, ist jetzt gespeichert: ${formatNumber(count)} Einträge.`,
  })
export const signInAgainInA = 'melde dich in einem neuen Tab wieder an'
export const somebodyElseChangedTheSame =
  'Jemand anders hat dasselbe geändert. Was du schreibst, ist hier aufgehoben und wird gespeichert, sobald du gewählt hast.'
export const somebodyElseChangedThisToo = 'Jemand anders hat dies auch geändert'
export const somebodySavedThisWhileYou =
  'Jemand hat dies gespeichert, während du es bearbeitet hast. Wähle für jedes Feld, das ihr beide geändert habt, welche Fassung bleibt.'
export const uploading: typeof english.uploading = (name) => `${name} wird hochgeladen …`
export const wordCount: typeof english.wordCount = (count) =>
  plural(count, { one: '1 Wort', other: `${formatNumber(count)} Wörter` })
export const worldloomCannotBeReachedKept =
  'Worldloom ist nicht erreichbar. Bis es das wieder ist, bleibt alles in diesem Browser.'
export const writeMentionsAnEntryMakes = 'Schreib … @ erwähnt einen Eintrag, # macht eine Überschrift'
export const writing = 'Wird geschrieben …'
export const youAreOfflineWhatYou =
  'Du bist offline. Was du schreibst, bleibt in diesem Browser und wird gesendet, sobald du wieder verbunden bist.'
export const youHaveBeenSignedOut: typeof english.youHaveBeenSignedOut = (a) => [
  'Du wurdest abgemeldet. Was du geschrieben hast, ist in diesem Browser aufgehoben: ',
  a,
  ', dann mach hier weiter.',
]
export const youWroteSomethingHereThat = 'Du hast hier etwas geschrieben, das noch nicht gespeichert ist'
