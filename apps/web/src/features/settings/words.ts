import type { JSX } from 'solid-js'
import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'

export const accountUse = (email: string, lastSignInAt: string) => `${email} · last used ${lastSignInAt}`
export const activate = 'Activate'
export const addressUnknown = 'address unknown'
export const allThatTheRolePermits = 'All that the role permits, also later; but not to manage keys, people or roles.'
export const aNewApiKey = 'A new API key'
export const apiKey = 'API key'
export const apiKeys = 'API keys'
export const apps = 'Apps'
export const aScriptThatExportsA =
  'A script that exports a world each night, a game that reads one: each gets a key of its own.'
export const authorizationBearer = 'Authorization: Bearer'
export const byRoles = 'By roles'
export const changeThePassword = 'Change the password'
export const chooseTheWorlds = 'Choose the worlds.'
export const chooseWhatItMayDo = 'Choose what it may do.'
export const confirmYourAddress = 'Confirm your address'
export const createKey = 'Create key'
export const currentPassword = 'Current password'
export const deactivate = 'Deactivate'
export const deleteIt = 'Delete…'
export const deleteNamed = (name: string) => `Delete “${name}”?`
export const deleteTheKey = 'Delete the key'
export const deviceNamed = (device: string) => device
export const devices = 'Devices'
export const deviceUse = (ipAddress: string, lastSeenAt: string, createdAt: string) =>
  `${ipAddress} · seen ${lastSeenAt} · signed in ${createdAt}`
export const endedOn = (day: string) => `ended ${day}`
export const endsOn = (day: string) => `ends ${day}`
export const everyBrowserAndProgramBut =
  'Every browser and program but this one has to sign in again. It holds at once.'
export const expired = 'expired'
export const firstName = 'First name'
export const forADay = 'For a day'
export const forAnHour = 'For an hour'
export const forAProgramThatActs = 'For a program that acts as you. It may never do more than you may.'
export const forAWeek = 'For a week'
export const in90Days = 'In 90 days'
export const inactive = 'inactive'
export const inAllThatYouCan = 'In all that you can see, also later ones'
export const inAYear = 'In a year'
export const inWhichWorlds = 'In which worlds'
export const itGetsANewSecret = 'It gets a new secret and keeps its permissions.'
export const lastName = 'Last name'
export const lastUsed = (when: string, times: number) =>
  `last used ${when}, ${plural(times, { one: 'once', other: `${formatNumber(times)} times` })} in all`
export const linkedAccounts = 'Linked accounts'
export const linkWith = (label: string) => `Link ${label}`
export const mailMeALink = 'Mail me a link'
export const menuOf = (name: string) => `What to do with ${name}`
export const namedKey = (name: string) => `The key “${name}”`
export const never = 'Never'
export const neverEnds = 'never ends'
export const neverUsed = 'never used'
export const newKey = 'New key'
export const newPassword = 'New password'
export const noAddress = 'no address'
export const noKeysYet = 'No keys yet'
export const none = 'None'
export const noneAtAll = 'None.'
export const notAtAllItWas = 'Not at all: it was leaked'
export const onlyIn = (value: string) => `Only in ${value}`
export const onlyInThese = 'Only in these'
export const passwordUse = (email: string) =>
  `You sign in with ${email}. Changing the password signs every other device out.`
export const permissions = 'Permissions'
export const previousKeyWorksUntil = (value: string) => `The key before it works until ${value}.`
export const profile = 'Profile'
export const program = 'program'
export const programsThatActAsYou =
  'Programs that act as you send one. A key stops at once when it is deactivated, and when you are.'
export const programsThatUseItAre = 'Programs that use it are refused at once. This cannot be taken back.'
export const roles = 'Roles'
export const rolesAreGivenByAdministrators = 'Roles are given by administrators.'
export const rotate = 'Rotate…'
export const rotateIt = 'Rotate'
export const rotateNamed = (name: string) => `Rotate “${name}”`
export const searchYourWorlds = 'Search your worlds'
export const security = 'Security'
export const sentAs = (code: JSX.Element, code2: JSX.Element): JSX.Element => [
  'Programs send it as ',
  code,
  ' or as ',
  code2,
  '.',
]
export const setAPassword = 'Set a password'
export const signOutAllOthers = 'Sign out all others'
export const signOutEverywhereElse = 'Sign out everywhere else?'
export const signOutWhich = (span: JSX.Element): JSX.Element => ['Sign out', span]
export const singly = 'Singly'
export const stopsWorking = 'Stops working'
export const thatDeviceIsSignedOut = 'That device is signed out.'
export const theLinkIsInThe = 'The link is in the log of the server.'
export const theMailIsOnIts = 'The mail is on its way.'
export const theOldKeyKeepsWorking = 'The old key keeps working'
export const thereIsNoWorldTo = 'There is no world to choose.'
export const thisOne = 'this one'
export const unconfirmedHint = (email: string) =>
  `Until ${email} is confirmed, other accounts with it are not joined with yours.`
export const unlinked = (labelOf: string) => `You can no longer sign in with ${labelOf}.`
export const unlinkWhich = (span: JSX.Element): JSX.Element => ['Unlink', span]
export const visibleToEverybodyYouShare = 'Visible to everybody you share a world with.'
export const whatItIsForE = 'What it is for, e.g. nightly export'
export const whatOthersSeeInsteadOf = 'What others see instead of your first and last name'
export const whatYouMayDo = 'What you may do'
export const whereYouAreSignedIn =
  'Where you are signed in: browsers, and programs that took a token with your password.'
export const worldsThatAreGone = 'worlds that are gone'
export const xApiKey = 'X-API-Key'
export const youCanSignInWith = 'You can sign in with any of them, and are the same person here.'
export const youHaveNoneYetWith = 'You have none yet. With one you can sign in also without the accounts below.'
export const yourName = 'Your name'
export const yourPasswordIsChanged = 'Your password is changed.'
export const yourPasswordIsSet = 'Your password is set.'
export const yourProfileIsSaved = 'Your profile is saved.'
export const addAPasskey = 'Add a passkey'
export const appHint = 'An app on your phone that shows a new code every 30 seconds.'
export const appIsSetUp = 'The authenticator app is set up.'
export const appSince = (when: string) => `Set up ${when}.`
export const authenticatorApp = 'Authenticator app'
export const codesLeft = (count: number) =>
  plural(count, {
    one: 'One code is left. Each works once, in place of a second factor.',
    other: `${formatNumber(count)} codes are left. Each works once, in place of a second factor.`,
  })
export const codeThatItShows = 'Code that it shows'
export const copyThemByHand = 'Copy them by hand.'
export const makeNewCodes = 'Make new codes'
export const makeNewCodesHint = 'The codes that you have now stop working.'
export const makeNewCodesQuestion = 'Make new recovery codes?'
export const newCodesAreThere = 'There are new recovery codes.'
export const onSeveralDevices = 'on several devices'
export const orTypeThis = 'Or type this'
export const passkeyIsThere = 'The passkey is there.'
export const passkeys = 'Passkeys'
export const passkeysHint =
  'Your fingerprint, face or PIN, or a security key. A passkey alone is enough to sign in, and cannot be given away by mistake.'
export const passkeysNeedHttps = 'Passkeys work over HTTPS only, at a name, and in browsers that have them.'
export const passkeyUse = (createdAt: string, lastUsedAt: string | undefined) =>
  lastUsedAt ? `added ${createdAt} · last used ${lastUsedAt}` : `added ${createdAt} · never used`
export const qrCode = 'QR code for your authenticator app'
export const recoveryCodes = 'Recovery codes'
export const recoveryCodesHint =
  'If you lose your second factors, each of these gets you in once. Keep them where you keep what matters, but not in this browser.'
export const removeAppHint = 'Its codes stop working.'
export const removeIt = 'Remove'
export const removeNamed = (name: string) => `Remove “${name}”?`
export const removePasskeyHint = 'You can no longer sign in with it. It stays on your device until you delete it there.'
export const removeTheApp = 'Remove the app'
export const removeTheAppQuestion = 'Remove the authenticator app?'
export const removeWhich = (span: JSX.Element): JSX.Element => ['Remove', span]
export const scanThis = 'Scan this with the app, then type the code that it shows.'
export const secondFactors = 'Second factors'
export const secondFactorsHint =
  'Who knows your password, or has got into your account elsewhere, still cannot get in here.'
export const setItUp = 'Set it up'
export const setUpAnApp = 'Set up an authenticator app'
export const yourRoleRequiresOne = 'A role of yours requires a second factor. Add one to go on.'
export const allowedAddresses = 'Only from these addresses'
export const allowedAddressesHint = 'Addresses or ranges such as 203.0.113.0/24, one per line. Empty: from anywhere.'
export const dollarsAMonth = 'US dollars of the chat a month'
export const dropThese = (count: number) =>
  plural(count, { one: 'Drop it', other: `Drop these ${formatNumber(count)}` })
export const fromNowhereYet = 'It has not been used yet.'
export const fromWhere = 'From where'
export const leaked = 'found in public'
export const leakedHint = 'Others have it, so it was switched off. Rotate it to give it another secret.'
export const limitsSaved = 'Saved. It holds from the next request on.'
export const notNeeded = 'not used for 30 days'
export const orAsMuchAsYou = 'Empty: as much as you may.'
export const requestsAMonth = 'Requests a month'
export const tokensAMonth = 'Tokens of the chat a month'
export const unusedHint =
  'What a key cannot do, nobody can do with it. A role that has one of these is replaced by its other permissions.'
export const useAndLimits = 'Use and limits…'
export const usedThisMonth = (requests: number, tokens: number, dollars: number) =>
  `This month: ${plural(requests, { one: '1 request', other: `${formatNumber(requests)} requests` })}; in the chat ${plural(tokens, { one: '1 token', other: `${formatNumber(tokens)} tokens` })}, ${formatNumber(dollars)} US dollars.`
export const useOf = (name: string) => `Use and limits of “${name}”`
export const whatItMayUse = 'What it may use'
export const whatItWasUsedFor = 'What it was used for'
