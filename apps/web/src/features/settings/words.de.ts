import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'
import type * as english from './words.ts'

export const accountUse: typeof english.accountUse = (email, lastSignInAt) =>
  `${email} · zuletzt benutzt ${lastSignInAt}`
export const activate = 'Aktivieren'
export const addressUnknown = 'Adresse unbekannt'
export const allThatTheRolePermits =
  'Alles, was die Rolle erlaubt, auch später; aber keine Verwaltung von Schlüsseln, Personen oder Rollen.'
export const aNewApiKey = 'Neuer API-Schlüssel'
export const apiKey = 'API-Schlüssel'
export const apiKeys = 'API-Schlüssel'
export const apps = 'Apps'
export const aScriptThatExportsA =
  'Ein Skript, das jede Nacht eine Welt exportiert, ein Spiel, das eine liest: Jedes bekommt einen eigenen Schlüssel.'
export const authorizationBearer = 'Authorization: Bearer'
export const byRoles = 'Nach Rollen'
export const changeThePassword = 'Passwort ändern'
export const chooseTheWorlds = 'Wähle die Welten.'
export const chooseWhatItMayDo = 'Wähle, was er darf.'
export const confirmYourAddress = 'Bestätige deine Adresse'
export const createKey = 'Schlüssel anlegen'
export const currentPassword = 'Jetziges Passwort'
export const deactivate = 'Deaktivieren'
export const deleteIt = 'Löschen …'
export const deleteNamed: typeof english.deleteNamed = (name) => `„${name}“ löschen?`
export const deleteTheKey = 'Schlüssel löschen'
export const deviceNamed: typeof english.deviceNamed = (device) =>
  device.replace(' on ', ' auf ').replace(/^Unknown$/, 'Unbekannt')
export const devices = 'Geräte'
export const deviceUse: typeof english.deviceUse = (ipAddress, lastSeenAt, createdAt) =>
  `${ipAddress} · gesehen ${lastSeenAt} · angemeldet ${createdAt}`
export const endedOn: typeof english.endedOn = (day) => `abgelaufen am ${day}`
export const endsOn: typeof english.endsOn = (day) => `gilt bis ${day}`
export const everyBrowserAndProgramBut =
  'Jeder Browser und jedes Programm außer diesem muss sich neu anmelden. Es gilt sofort.'
export const expired = 'abgelaufen'
export const firstName = 'Vorname'
export const forADay = 'Einen Tag lang'
export const forAnHour = 'Eine Stunde lang'
export const forAProgramThatActs = 'Für ein Programm, das in deinem Namen handelt. Es darf nie mehr, als du darfst.'
export const forAWeek = 'Eine Woche lang'
export const in90Days = 'In 90 Tagen'
export const inactive = 'inaktiv'
export const inAllThatYouCan = 'In allen, die du sehen kannst, auch späteren'
export const inAYear = 'In einem Jahr'
export const inWhichWorlds = 'In welchen Welten'
export const itGetsANewSecret = 'Er bekommt ein neues Geheimnis und behält seine Berechtigungen.'
export const lastName = 'Nachname'
export const lastUsed: typeof english.lastUsed = (when, times) =>
  `zuletzt benutzt ${when}, insgesamt ${plural(times, { one: 'einmal', other: `${formatNumber(times)}-mal` })}`
export const linkedAccounts = 'Verbundene Konten'
export const linkWith: typeof english.linkWith = (label) => `${label} verbinden`
export const mailMeALink = 'Schick mir einen Link'
export const menuOf: typeof english.menuOf = (name) => `Was mit ${name} geschehen soll`
export const namedKey: typeof english.namedKey = (name) => `Der Schlüssel „${name}“`
export const never = 'Nie'
export const neverEnds = 'läuft nie ab'
export const neverUsed = 'nie benutzt'
export const newKey = 'Neuer Schlüssel'
export const newPassword = 'Neues Passwort'
export const noAddress = 'keine Adresse'
export const noKeysYet = 'Noch keine Schlüssel'
export const none = 'Keine'
export const noneAtAll = 'Keine.'
export const notAtAllItWas = 'Gar nicht: Er ist bekannt geworden'
export const onlyIn: typeof english.onlyIn = (value) => `Nur in ${value}`
export const onlyInThese = 'Nur in diesen'
export const passwordUse: typeof english.passwordUse = (email) =>
  `Du meldest dich mit ${email} an. Wer das Passwort ändert, meldet alle anderen Geräte ab.`
export const permissions = 'Berechtigungen'
export const previousKeyWorksUntil: typeof english.previousKeyWorksUntil = (value) =>
  `Der vorige Schlüssel gilt bis ${value}.`
export const profile = 'Profil'
export const program = 'Programm'
export const programsThatActAsYou =
  'Programme, die in deinem Namen handeln, senden einen. Ein Schlüssel gilt sofort nicht mehr, wenn er oder du deaktiviert wirst.'
export const programsThatUseItAre =
  'Programme, die ihn benutzen, werden sofort abgelehnt. Das lässt sich nicht rückgängig machen.'
export const roles = 'Rollen'
export const rolesAreGivenByAdministrators = 'Rollen vergibt die Verwaltung.'
export const rotate = 'Erneuern …'
export const rotateIt = 'Erneuern'
export const rotateNamed: typeof english.rotateNamed = (name) => `„${name}“ erneuern`
export const searchYourWorlds = 'Deine Welten durchsuchen'
export const security = 'Sicherheit'
export const sentAs: typeof english.sentAs = (first, second) => [
  'Programme senden ihn als ',
  first,
  ' oder als ',
  second,
  '.',
]
export const setAPassword = 'Passwort setzen'
export const signOutAllOthers = 'Alle anderen abmelden'
export const signOutEverywhereElse = 'Überall sonst abmelden?'
export const signOutWhich: typeof english.signOutWhich = (span) => ['Abmelden', span]
export const singly = 'Einzeln'
export const stopsWorking = 'Gilt nicht mehr'
export const thatDeviceIsSignedOut = 'Das Gerät ist abgemeldet.'
export const theLinkIsInThe = 'Der Link steht im Protokoll des Servers.'
export const theMailIsOnIts = 'Die Mail ist unterwegs.'
export const theOldKeyKeepsWorking = 'Der alte Schlüssel gilt weiter'
export const thereIsNoWorldTo = 'Es gibt keine Welt zur Auswahl.'
export const thisOne = 'dieses'
export const unconfirmedHint: typeof english.unconfirmedHint = (email) =>
  `Solange ${email} nicht bestätigt ist, werden andere Konten mit dieser Adresse nicht mit deinem verbunden.`
export const unlinked: typeof english.unlinked = (labelOf) => `Mit ${labelOf} kannst du dich nicht mehr anmelden.`
export const unlinkWhich: typeof english.unlinkWhich = (span) => ['Trennen', span]
export const visibleToEverybodyYouShare = 'Sichtbar für alle, mit denen du eine Welt teilst.'
export const whatItIsForE = 'Wofür er ist, z. B. nächtlicher Export'
export const whatOthersSeeInsteadOf = 'Was andere statt deines Vor- und Nachnamens sehen'
export const whatYouMayDo = 'Was du darfst'
export const whereYouAreSignedIn =
  'Wo du angemeldet bist: Browser und Programme, die mit deinem Passwort ein Token geholt haben.'
export const worldsThatAreGone = 'Welten, die es nicht mehr gibt'
export const xApiKey = 'X-API-Key'
export const youCanSignInWith = 'Du kannst dich mit jedem davon anmelden und bist hier dieselbe Person.'
export const youHaveNoneYetWith = 'Du hast noch keines. Mit einem kannst du dich auch ohne die Konten unten anmelden.'
export const yourName = 'Dein Name'
export const yourPasswordIsChanged = 'Dein Passwort ist geändert.'
export const yourPasswordIsSet = 'Dein Passwort ist gesetzt.'
export const yourProfileIsSaved = 'Dein Profil ist gespeichert.'
export const addAPasskey = 'Passkey hinzufügen'
export const appHint = 'Eine App auf deinem Telefon, die alle 30 Sekunden einen neuen Code zeigt.'
export const appIsSetUp = 'Die Authentifizierungs-App ist eingerichtet.'
export const appSince: typeof english.appSince = (when) => `Eingerichtet ${when}.`
export const authenticatorApp = 'Authentifizierungs-App'
export const codesLeft: typeof english.codesLeft = (count) =>
  plural(count, {
    one: 'Ein Code ist übrig. Jeder gilt einmal, anstelle eines zweiten Faktors.',
    other: `${formatNumber(count)} Codes sind übrig. Jeder gilt einmal, anstelle eines zweiten Faktors.`,
  })
export const codeThatItShows = 'Code, den sie zeigt'
export const copyThemByHand = 'Kopiere sie von Hand.'
export const makeNewCodes = 'Neue Codes erzeugen'
export const makeNewCodesHint = 'Die Codes, die du jetzt hast, gelten dann nicht mehr.'
export const makeNewCodesQuestion = 'Neue Wiederherstellungscodes erzeugen?'
export const newCodesAreThere = 'Es gibt neue Wiederherstellungscodes.'
export const onSeveralDevices = 'auf mehreren Geräten'
export const orTypeThis = 'Oder tippe dies ein'
export const passkeyIsThere = 'Der Passkey ist da.'
export const passkeys = 'Passkeys'
export const passkeysHint =
  'Dein Fingerabdruck, Gesicht oder PIN, oder ein Sicherheitsschlüssel. Ein Passkey allein genügt zum Anmelden und lässt sich nicht aus Versehen weitergeben.'
export const passkeysNeedHttps = 'Passkeys gehen nur über HTTPS, unter einem Namen und in Browsern, die sie haben.'
export const passkeyUse: typeof english.passkeyUse = (createdAt, lastUsedAt) =>
  lastUsedAt ? `hinzugefügt ${createdAt} · zuletzt benutzt ${lastUsedAt}` : `hinzugefügt ${createdAt} · nie benutzt`
export const qrCode = 'QR-Code für deine Authentifizierungs-App'
export const recoveryCodes = 'Wiederherstellungscodes'
export const recoveryCodesHint =
  'Wenn du deine zweiten Faktoren verlierst, kommst du mit jedem hiervon einmal hinein. Bewahre sie dort auf, wo du Wichtiges aufbewahrst, aber nicht in diesem Browser.'
export const removeAppHint = 'Ihre Codes gelten dann nicht mehr.'
export const removeIt = 'Entfernen'
export const removeNamed: typeof english.removeNamed = (name) => `„${name}“ entfernen?`
export const removePasskeyHint =
  'Du kannst dich damit nicht mehr anmelden. Auf deinem Gerät bleibt er, bis du ihn dort löschst.'
export const removeTheApp = 'App entfernen'
export const removeTheAppQuestion = 'Authentifizierungs-App entfernen?'
export const removeWhich: typeof english.removeWhich = (span) => ['Entfernen', span]
export const scanThis = 'Scanne dies mit der App, und tippe dann den Code ein, den sie zeigt.'
export const secondFactors = 'Zweite Faktoren'
export const secondFactorsHint =
  'Wer dein Passwort kennt oder anderswo in dein Konto gekommen ist, kommt hier trotzdem nicht hinein.'
export const setItUp = 'Einrichten'
export const setUpAnApp = 'Authentifizierungs-App einrichten'
export const yourRoleRequiresOne =
  'Eine deiner Rollen verlangt einen zweiten Faktor. Füge einen hinzu, um weiterzumachen.'
export const allowedAddresses = 'Nur von diesen Adressen'
export const allowedAddressesHint = 'Adressen oder Bereiche wie 203.0.113.0/24, je Zeile eine. Leer: von überall.'
export const dollarsAMonth = 'US-Dollar des Chats im Monat'
export const dropThese: typeof english.dropThese = (count) =>
  plural(count, { one: 'Weglassen', other: `Diese ${formatNumber(count)} weglassen` })
export const fromNowhereYet = 'Er wurde noch nicht benutzt.'
export const fromWhere = 'Von wo'
export const leaked = 'öffentlich gefunden'
export const leakedHint =
  'Andere haben ihn, deshalb wurde er abgeschaltet. Erneuere ihn, was ihm ein anderes Geheimnis gibt.'
export const limitsSaved = 'Gespeichert. Es gilt ab der nächsten Anfrage.'
export const notNeeded = 'seit 30 Tagen nicht benutzt'
export const orAsMuchAsYou = 'Leer: so viel, wie du darfst.'
export const requestsAMonth = 'Anfragen im Monat'
export const tokensAMonth = 'Tokens des Chats im Monat'
export const unusedHint =
  'Was ein Schlüssel nicht darf, kann niemand mit ihm tun. Eine Rolle, die eines davon hat, wird durch ihre anderen Berechtigungen ersetzt.'
export const useAndLimits = 'Nutzung und Grenzen …'
export const usedThisMonth: typeof english.usedThisMonth = (requests, tokens, dollars) =>
  `Diesen Monat: ${plural(requests, { one: '1 Anfrage', other: `${formatNumber(requests)} Anfragen` })}; im Chat ${plural(tokens, { one: '1 Token', other: `${formatNumber(tokens)} Tokens` })}, ${formatNumber(dollars)} US-Dollar.`
export const useOf: typeof english.useOf = (name) => `Nutzung und Grenzen von „${name}“`
export const whatItMayUse = 'Was er benutzen darf'
export const whatItWasUsedFor = 'Wofür er benutzt wurde'
