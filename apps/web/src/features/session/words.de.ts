import type * as english from './words.ts'

export const administration = 'Verwaltung'
export const anAdministratorCreatesAccountsHere =
  'Hier legt die Verwaltung Konten an. Frag, wer diesen Server betreibt.'
export const aNewPassword = 'Ein neues Passwort'
export const askForAnother = 'Fordere einen neuen an'
export const backToSigningIn = 'Zurück zur Anmeldung'
export const buildWorldsThePeopleIn =
  'Baue Welten, die Figuren darin und die Geschichten, die sie erzählen. Melde dich mit einem Konto an, das du schon hast.'
export const checkYourMail = 'Sieh in deine Mails'
export const colours = 'Farben'
export const confirm = 'Bestätigen'
export const confirmationIsMailed: typeof english.confirmationIsMailed = (strong) => [
  'Eine Mail ist unterwegs zu ',
  strong,
  '. Der Link darin schließt dein Konto ab; er gilt einen Tag. Sieh auch bei den unerwünschten Mails nach.',
]
export const confirmThatThisAddressIs = 'Bestätige, dass dies deine Adresse ist.'
export const confirmYourAddress = 'Bestätige deine Adresse'
export const continueWith: typeof english.continueWith = (label) => `Weiter mit ${label}`
export const createAccount = 'Konto anlegen'
export const createAnAccount = 'Ein Konto anlegen'
export const creating = 'Wird angelegt …'
export const dark = 'Dunkel'
export const demoAccount = 'einem Demokonto'
export const eMail = 'E-Mail'
export const enterTheAddressYouSign =
  'Gib die Adresse ein, mit der du dich anmeldest. Wir schicken dir einen Link, mit dem du ein neues Passwort setzt.'
export const everyDeviceYouAreSigned = 'Jedes Gerät, auf dem du angemeldet bist, wird abgemeldet.'
export const everyWorldBeginsAsA = 'Jede Welt beginnt als eine einzige Zeile, die jemand aufgeschrieben hat.'
export const firstName = 'Vorname'
export const forgotYourPassword = 'Passwort vergessen?'
export const goOn = 'Weiter'
export const goTo = 'Gehe zu …'
export const itTakesThePermission: typeof english.itTakesThePermission = (code) => [
  'Dafür brauchst du die Berechtigung ',
  code,
  ', die keine deiner Rollen hat. Die Verwaltung kann dir eine geben, die sie hat.',
]
export const language = 'Sprache'
export const lastName = 'Nachname'
export const later = 'Später'
export const light = 'Hell'
export const linkIsUsed: typeof english.linkIsUsed = (link) => [
  'Dieser Link wurde schon benutzt oder ist zu alt. ',
  link,
]
export const linkIsUsedAskAgain: typeof english.linkIsUsedAskAgain = (link) => [
  'Dieser Link wurde schon benutzt oder ist zu alt. ',
  link,
  '.',
]
export const mailMeALink = 'Schick mir einen Link'
export const matchSystem = 'Wie das System'
export const mentionWhenYouReport: typeof english.mentionWhenYouReport = (id) => `Nenne ${id}, wenn du es meldest.`
export const menuOf: typeof english.menuOf = (name) => `Menü von ${name}`
export const movies = 'Filme'
export const newHere: typeof english.newHere = (link) => ['Neu hier? ', link]
export const newPassword = 'Neues Passwort'
export const notOnTheMap = 'Nicht auf der Karte'
export const notPermitted = 'Nicht erlaubt'
export const noWayToSignIn =
  'Es ist noch kein Weg zum Anmelden eingerichtet. Wer diesen Server betreibt, kann das tun; .env.example sagt, wie.'
export const or = 'oder'
export const passwordHint = 'Mindestens 12 Zeichen. Gut sind ein paar Wörter, die nicht zusammengehören.'
export const resetIsMailed: typeof english.resetIsMailed = (email) => [
  'Wenn sich jemand mit ',
  email,
  ' anmeldet, ist eine Mail unterwegs. Der Link darin gilt eine Stunde.',
]
export const setANewPassword = 'Neues Passwort setzen'
export const setThePassword = 'Passwort setzen'
export const signIn = 'Anmelden'
export const signInAnotherWay = 'Anders anmelden'
export const signingIn = 'Wird angemeldet …'
export const signOut = 'Abmelden'
export const skipToTheContent = 'Zum Inhalt springen'
export const somethingInItWentWrong = 'Darin ist etwas schiefgegangen.'
export const somethingWentWrong = 'Etwas ist schiefgegangen'
export const thankYouYourAddressIs = 'Danke: Deine Adresse ist bestätigt.'
export const theAccountWasNotLinked = 'Das Konto wurde nicht verbunden'
export const thereIsNoPageAt = 'Unter dieser Adresse gibt es keine Seite.'
export const thisPageCouldNotBe = 'Diese Seite konnte nicht gezeigt werden'
export const thisServerSendsNoMails =
  '  Dieser Server verschickt noch keine Mails: Wer ihn betreibt, findet den Link in seinem Protokoll.'
export const thisServerSendsNoMailsWhoever =
  'Dieser Server verschickt keine Mails. Wer ihn betreibt, kann dir ein neues Passwort setzen (worldloom set-password).'
export const toYourSettings = 'Zu deinen Einstellungen'
export const welcome = 'Willkommen'
export const whatsYourName = 'Wie heißt du?'
export const whoeverYouShareAWorld =
  'Alle, mit denen du eine Welt teilst, sehen deinen Namen. Du kannst ihn später in deinen Einstellungen ändern.'
export const worldloomCannotBeReachedRight = 'Worldloom ist gerade nicht erreichbar.'
export const worldloomYourWorlds = 'Worldloom: deine Welten'
export const worldsArePrivateByDefault = 'Welten sind von Haus aus privat.'
export const youAreNotSignedIn = 'Du bist nicht angemeldet'
export const youCouldNotBeSigned =
  'Du konntest nicht abgemeldet werden: Worldloom ist nicht erreichbar. Versuche es noch einmal.'
export const youDontHaveAccessTo = 'Du hast keinen Zugang zu dieser Seite'
export const youHaveOne: typeof english.youHaveOne = (link) => ['Du hast schon eines? ', link]
export const yourNewPasswordIsSet = 'Dein neues Passwort ist gesetzt.'
export const codeOfYourApp = 'Code deiner Authentifizierungs-App'
export const confirmItIsYou = 'Bestätige, dass du es bist'
export const confirmItIsYouWhy =
  'Danach wird vor allem gefragt, was in fremden Händen am meisten schaden würde, außer du hast dich gerade angemeldet.'
export const lostThem =
  'Wenn du alle verloren hast, kann jemand, der Worldloom verwaltet, sie entfernen, sobald klar ist, dass du es bist.'
export const orARecoveryCode = 'Oder einer deiner Wiederherstellungscodes.'
export const recoveryCode = 'Wiederherstellungscode'
export const secondFactor = 'Noch ein Schritt'
export const secondFactorIntro = 'Zeige mit einem zweiten Faktor, dass du es bist.'
export const signInFromTheStart =
  'Das hat zu lange gedauert, oder es wurde in einem anderen Browser begonnen. Melde dich noch einmal an.'
export const signInWithAPasskey = 'Mit einem Passkey anmelden'
export const thePasskeyWasNotUsed =
  'Es wurde kein Passkey benutzt. Versuche es noch einmal, oder nimm einen anderen Weg.'
export const thisPasskeyIsKnown = 'Dieses Gerät hat schon einen Passkey für dich.'
export const useAPasskey = 'Passkey benutzen'
export const youComeBackHere = 'Du kommst auf diese Seite zurück. Tu dann noch einmal, was du vorhattest.'
export const noRoleHasIt = 'Noch keine Rolle hat sie.'
export const rolesWithIt: typeof english.rolesWithIt = (roles) => `Diese Rollen haben sie: ${roles}.`
export const takesBeingFresh = 'Außerdem musst du dich in den letzten zehn Minuten angemeldet haben.'
export const takesPermission: typeof english.takesPermission = (code) => [
  'Dafür braucht es die Berechtigung ',
  code,
  '.',
]
export const takesWorldRole: typeof english.takesWorldRole = (needed, has) =>
  has === null
    ? `Dafür braucht es in dieser Welt die Rolle „${needed}“, und du bist kein Mitglied.`
    : `Dafür braucht es in dieser Welt die Rolle „${needed}“; deine ist „${has}“.`
export const why = 'Warum?'
export const youMayByNow = 'Inzwischen darfst du es. Lade die Seite neu.'
export const yourRoles: typeof english.yourRoles = (roles) =>
  roles === '' ? 'Du hast keine Rolle.' : `Deine Rollen: ${roles}.`
