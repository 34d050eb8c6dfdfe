import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'
import type * as english from './words.ts'

export const allow = 'Erlauben'
export const allowedIt = 'Es ist verbunden'
export const allowedItHint = 'Geh zurück zum Gerät. Du kannst diese Seite schließen.'
export const anAppAsks = 'Eine App bittet um Zugriff'
export const apps = 'Apps'
export const appsHint =
  'Apps, die in deinem Namen handeln, wie du es erlaubt hast. Keine darf je mehr, als du in dem Augenblick darfst, und was du entziehst, endet sofort.'
export const appsRegistered = 'Registrierte Apps'
export const appsRegisteredHint =
  'Apps, die hier um Zugriff bitten dürfen. Wer ein Dokument unter eigener Adresse hat, braucht keine Registrierung.'
export const askedAt: typeof english.askedAt = (name) => `„${name}“ möchte in deinem Namen handeln`
export const beginAgain = 'Beginne in der App von vorn.'
export const callbacks = 'Adressen für den Rückweg'
export const callbacksHint =
  'Eine je Zeile. Nur dorthin werden Menschen zurückgeschickt, also genau so, wie die App sie sendet: https, http auf localhost oder ein Schema wie com.example.app:/callback.'
export const checkTheCode = 'Code prüfen'
export const clientId = 'Client-ID'
export const clientSecret = 'Client-Geheimnis'
export const codeHint = 'Wie das Gerät ihn zeigt. Groß- und Kleinschreibung, Leerzeichen und Striche sind gleich.'
export const codeOfTheDevice = 'Der Code'
export const connectADevice = 'Ein Gerät verbinden'
export const connectADeviceHint =
  'Ein Programm ohne Browser zeigt einen Code. Gib ihn hier ein, damit es in deinem Namen handeln darf.'
export const deviceFrom: typeof english.deviceFrom = (device, address) =>
  `Begonnen wurde es auf ${device.replace(' on ', ' auf ')}, unter der Adresse ${address}.`
export const deviceWarning =
  'Mach nur weiter, wenn du das selbst begonnen hast und das Gerät vor dir diesen Code zeigt. Niemand von Worldloom schickt dir je einen.'
export const doNotAllow = 'Nicht erlauben'
export const endsNever = 'Bis ich es entziehe'
export const forDays: typeof english.forDays = (days) =>
  plural(days, { one: 'Für einen Tag', other: `Für ${formatNumber(days)} Tage` })
export const forAYear = 'Für ein Jahr'
export const forHowLong = 'Wie lange'
export const goesBackTo: typeof english.goesBackTo = (host) => `Deine Antwort geht an ${host}.`
export const goingBack = 'Zurück zur App …'
export const grantsOf: typeof english.grantsOf = (count) =>
  plural(count, { one: 'einmal erlaubt', other: `${formatNumber(count)}-mal erlaubt` })
export const hasASecret = 'hat ein Geheimnis'
export const itMayDoNothingYet = 'Sie darf nur wissen, wer du bist.'
export const itsWebsite = 'Website'
export const keepsASecret = 'Sie läuft auf einem Server, der ein Geheimnis bewahren kann'
export const knownByAdministrator = 'Jemand aus der Administration dieses Worldloom hat sie registriert.'
export const knownByDocument: typeof english.knownByDocument = (host) =>
  `Sie weist sich durch ein Dokument unter ${host} aus. Niemand hier hat sie geprüft.`
export const knownByItself = 'Sie hat sich selbst registriert. Niemand hier hat sie geprüft.'
export const knownBuiltIn = 'Das ist die Kommandozeile, die zu Worldloom gehört.'
export const newApp = 'App registrieren'
export const noAppsRegistered = 'Es sind keine Apps registriert'
export const noAppsRegisteredHint = 'Registriere eine, und andere können sie in ihrem Namen handeln lassen.'
export const noAppsYet = 'Noch keine Apps'
export const noAppsYetHint =
  'Wenn ein Programm um Zugriff bittet, schickt es dich hierher: die Kommandozeile mit „worldloom login“, KI-Assistenten, wenn du ihnen dieses Worldloom hinzufügst.'
export const noSuchCode = 'Kein Gerät zeigt diesen Code. Sieh noch einmal nach.'
export const notForThem = 'Das darfst du selbst nicht, also darf es die App auch nicht.'
export const otherRedirect = 'Die Adresse, an die sie dich zurückschicken will, ist für sie nicht registriert.'
export const privacy = 'Datenschutz'
export const refused = 'Es wurde nicht verbunden'
export const refusedHint = 'Du kannst diese Seite schließen.'
export const registerIt = 'Registrieren'
export const registeredBy: typeof english.registeredBy = (name) => `registriert von ${name}`
export const registeredItself = 'hat sich selbst registriert'
export const remove = 'Entfernen'
export const removeIt = 'App entfernen'
export const removeNamed: typeof english.removeNamed = (name) => `„${name}“ entfernen?`
export const removeHint = 'Was ihr erlaubt wurde, endet sofort. Das lässt sich nicht zurücknehmen.'
export const requestIsOver = 'Diese Anfrage ist vorbei'
export const requestIsOverHint =
  'Sie wurde schon beantwortet, ist älter als zehn Minuten oder wurde in einem anderen Browser begonnen. Beginne in der App von vorn.'
export const sayNothingMore = 'Die App kann dich nicht fragen'
export const secretHint = 'Bewahre es jetzt auf: Es wird nur dieses eine Mal gezeigt.'
export const since: typeof english.since = (day) => `seit ${day}`
export const takeAway = 'Zugriff entziehen'
export const takeAwayNamed: typeof english.takeAwayNamed = (name) => `„${name}“ den Zugriff entziehen?`
export const takeAwayHint = 'Sie wird sofort abgewiesen. Sie kann dich wieder fragen.'
export const terms = 'Bedingungen'
export const theApps = 'Die Apps'
export const unknownApp = 'Eine App mit dieser ID ist hier nicht bekannt.'
export const whoYouAre = 'Wissen, wer du bist'
export const whoYouAreEmail = 'Deine E-Mail-Adresse kennen'
export const whoYouAreProfile = 'Deinen Namen kennen'
export const whatItMayDo = 'Was sie darf'
export const wrongRequest = 'Ihre Anfrage ist nicht, wie sie sein muss. Sag es denen, die sie gemacht haben.'

export const permissionSentences: typeof english.permissionSentences = {
  'profile:read': 'Deinen Namen, deine Adresse und deine Rollen sehen',
  'profile:update': 'Deinen Namen ändern',
  'world:read': 'Deine Welten sehen',
  'world:create': 'Welten anlegen',
  'world:update': 'Welten ändern: Namen, Einstellungen, Schlagwörter, Verbindungen',
  'world:delete': 'Welten löschen',
  'entity:read': 'Lesen, was darin ist: Geschichten, Personen, Orte und alle anderen Einträge',
  'entity:create': 'Neue Einträge schreiben',
  'entity:update': 'Einträge ändern',
  'entity:delete': 'Einträge löschen',
  'entity:propose': 'Änderungen vorschlagen, die du bestätigst',
  'chat:use': 'Den Chat benutzen, was auf deine Grenzen angerechnet wird',
}
