import type * as english from './words.ts'

export const aWorld = 'Eine Welt'
export const allOf: typeof english.allOf = (count, many) => `Alle ${count} ${many}`
export const connectedWith = 'Verbunden mit'
export const contents = 'Inhalt'
export const facts = 'Fakten'
export const foundFor: typeof english.foundFor = (count, text) => `${count} gefunden zu „${text}“`
export const fromTheWorld = 'Aus der Welt'
export const givesAwayFrom: typeof english.givesAwayFrom = (scene) =>
  `Verrät, was erst ab „${scene}“ bekannt ist. Anzeigen`
export const givesAwayTheStory = 'Verrät die Geschichte. Anzeigen'
export const inThisWorld = 'In dieser Welt'
export const isNotReadable = 'Es ist privat, wurde gelöscht, oder der Link, der es zeigte, gilt nicht mehr.'
export const linkIsUsedUp = 'Dieser Link wurde so oft geöffnet, wie es geht. Bitte um einen neuen.'
export const linkShowsNothing = 'Dieser Link zeigt nichts'
export const linkWasEnded = 'Er wurde widerrufen, ist abgelaufen oder unvollständig. Bitte um einen neuen.'
export const madeWithWorldloom = 'Gemacht mit Worldloom'
export const maps = 'Karten'
export const nextPage = 'Nächste Seite'
export const noPublicWorlds = 'Hier hat noch niemand eine Welt öffentlich gemacht.'
export const noneToRead: typeof english.noneToRead = (many) => `Noch keine ${many} zu lesen.`
export const nothingElse = 'Hier gibt es sonst noch nichts zu lesen.'
export const nothingIsCalled: typeof english.nothingIsCalled = (text) => `Nichts hier heißt „${text}“.`
export const nothingToRead = 'Nichts zu lesen'
export const nothingToReadHere = 'Hier gibt es nichts zu lesen'
export const ofStory: typeof english.ofStory = (one) => `${one} in`
export const onThisMap = 'Auf dieser Karte'
export const openInTheStudio = 'Im Studio öffnen'
export const pages = 'Seiten'
export const part: typeof english.part = (first, last, count) => `${first} bis ${last} von ${count}`
export const previousPage = 'Vorige Seite'
export const publicWorlds = 'Erfundene Welten, die alle lesen dürfen.'
export const readIt = 'Lesen'
export const readItInItsStory = 'In der Geschichte lesen'
export const readTheStory = 'Die Geschichte lesen'
export const search = 'Suche'
export const searchThisWorld = 'Diese Welt durchsuchen'
export const shareLink = 'Freigabelink'
export const sharedWithYou = 'Mit dir geteilt'
export const sharesThisWithYou = 'teilt dies mit dir. Zum Lesen brauchst du kein Konto.'
export const signIn = 'Anmelden'
export const since: typeof english.since = (date) => `seit ${date}`
export const skipToTheContent = 'Zum Inhalt springen'
export const stories = 'Geschichten'
export const story = 'Geschichte'
export const theKindOfWorld: typeof english.theKindOfWorld = (many, world) => `${many} aus ${world}.`
export const until: typeof english.until = (date) => `bis ${date}`
export const worldSharedBy: typeof english.worldSharedBy = (who) => `Eine Welt, die ${who} mit dir teilt.`
export const worldsToRead = 'Welten zum Lesen'
export const yourWorlds = 'Deine Welten'
