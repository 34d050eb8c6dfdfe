import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'
import type * as english from './words.ts'

export const anyNumberOfBrowsers = 'Beliebig viele Browser'
export const aStoryComesWithIts =
  'Eine Geschichte kommt mit ihren Akten und Szenen, ein Buch mit seinen Geschichten, ein Ort mit denen darin.'
export const createLink = 'Link anlegen'
export const entry = 'Eintrag'
export const everyoneAlsoWithoutAnAccount = 'Alle, auch ohne Konto; sie steht in der Liste der lesbaren Welten'
export const everyoneWhoHasItsAddress = 'Alle, die ihre Adresse haben, auch ohne Konto'
export const expired: typeof english.expired = (expiresAt) => `abgelaufen ${expiresAt}`
export const expires: typeof english.expires = (expiresAt) => `läuft ab ${expiresAt}`
export const howManyBrowsers = 'Wie viele Browser'
export const inADay = 'In einem Tag'
export const inAWeek = 'In einer Woche'
export const inAYear = 'In einem Jahr'
export const itCanBeOpenedIn = 'Öffnen lässt er sich in'
export const itsAddressForReaders = 'Ihre Adresse für Lesende'
export const never = 'Nie'
export const neverExpires = 'läuft nie ab'
export const newShareLink = 'Neuer Freigabelink'
export const nobodyCanReadWithThat = 'Mit diesem Link kann niemand mehr lesen.'
export const oneEntryWithWhatIs = 'Einen Eintrag mit dem, was darin ist'
export const onlySoManyBrowsers = 'Nur so viele Browser'
export const onlyTheOwnerOfThis = 'Nur die Leitung dieser Welt entscheidet, wer sie lesen kann.'
export const onlyYouSeeThisTest = 'Das siehst nur du: „Testleserunde“'
export const onlyYouThoseYouInvite = 'Nur du, wen du einlädst und wer einen Freigabelink hat'
export const openedIn: typeof english.openedIn = (count) =>
  plural(count, { one: 'In einem Browser geöffnet', other: `In ${formatNumber(count)} Browsern geöffnet` })
export const privateIt = 'Privat'
export const publicIt = 'Öffentlich'
export const revoked: typeof english.revoked = (revokedAt) => `widerrufen ${revokedAt}`
export const revokeWhich: typeof english.revokeWhich = (span) => ['Widerrufen', span]
export const seeItAsReadersDo = 'Ansehen wie Lesende'
export const sendItToWhoeverMay =
  'Schicke ihn allen, die lesen dürfen. Er wird nur einmal angezeigt und lässt sich in den Einstellungen der Welt widerrufen.'
export const shareLink = 'Freigabelink'
export const shareLinks = 'Freigabelinks'
export const shareNamed: typeof english.shareNamed = (displayName) => `„${displayName}“ teilen`
export const sharing = 'Teilen'
export const showsNothingAsItIs = 'zeigt nichts, da der Eintrag im Papierkorb ist'
export const theLinkExpires = 'Der Link läuft ab'
export const thereAreNoShareLinks = 'Es gibt keine Freigabelinks.'
export const theShareLink = 'Der Freigabelink'
export const theShareLinks = 'die Freigabelinks'
export const theWholeWorld = 'Die ganze Welt'
export const unlisted = 'Nicht gelistet'
export const unnamedLink = 'der Freigabelink'
export const usesOf: typeof english.usesOf = (end, used, most) => `${end} · ${used} von ${most} benutzt`
export const whatItIsFor = 'Wofür er ist'
export const whatItShows = 'Was er zeigt'
export const whoCanReadThisWorld =
  'Wer diese Welt lesen kann. Unter „Mitglieder“ lädst du Leute ein, gibst ihnen Rollen oder übergibst die Welt.'
export const whoeverHasOneCanRead = 'Wer einen hat, kann ohne Konto lesen, bis er abläuft oder du ihn widerrufst.'
export const whoeverHasTheLinkCan = 'Wer den Link hat, kann ohne Konto lesen.'
