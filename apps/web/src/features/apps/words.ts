import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'

export const allow = 'Allow'
export const allowedIt = 'It is in'
export const allowedItHint = 'Go back to the device. You can close this page.'
export const anAppAsks = 'An app asks for access'
export const apps = 'Apps'
export const appsHint =
  'Apps that act in your name, as you have allowed. None may ever do more than you may at that moment, and what you take away ends at once.'
export const appsRegistered = 'Registered apps'
export const appsRegisteredHint =
  'Apps that may ask people here for access. Those known by a document at their own address need no registration.'
export const askedAt = (name: string) => `“${name}” would like to act in your name`
export const beginAgain = 'Begin again in the app.'
export const callbacks = 'Addresses to go back to'
export const callbacksHint =
  'One per line. People are sent back to these alone, so each has to be exactly as the app sends it: https, http on localhost, or a scheme such as com.example.app:/callback.'
export const checkTheCode = 'Check the code'
export const clientId = 'Client id'
export const clientSecret = 'Client secret'
export const codeHint = 'As the device shows it. Capitals, spaces and dashes do not matter.'
export const codeOfTheDevice = 'The code'
export const connectADevice = 'Connect a device'
export const connectADeviceHint = 'A program without a browser shows a code. Enter it here to let it act in your name.'
export const deviceFrom = (device: string, address: string) => `It was begun on ${device}, at ${address}.`
export const deviceWarning =
  'Go on only if you began this yourself and the device in front of you shows this code. Nobody from Worldloom will ever send you one.'
export const doNotAllow = 'Do not allow'
export const endsNever = 'Until I take it away'
export const forDays = (days: number) => plural(days, { one: 'For a day', other: `For ${formatNumber(days)} days` })
export const forAYear = 'For a year'
export const forHowLong = 'For how long'
export const goesBackTo = (host: string) => `Your answer goes to ${host}.`
export const goingBack = 'Going back to the app …'
export const grantsOf = (count: number) =>
  plural(count, { one: 'given access once', other: `given access ${formatNumber(count)} times` })
export const hasASecret = 'has a secret'
export const itMayDoNothingYet = 'It may not do anything but know who you are.'
export const itsWebsite = 'Website'
export const keepsASecret = 'It runs on a server, which can keep a secret'
export const knownByAdministrator = 'An administrator of this Worldloom registered it.'
export const knownByDocument = (host: string) => `It is known by a document at ${host}. Nobody here has looked at it.`
export const knownByItself = 'It registered itself. Nobody here has looked at it.'
export const knownBuiltIn = 'It is the command line that comes with Worldloom.'
export const newApp = 'Register app'
export const noAppsRegistered = 'No apps are registered'
export const noAppsRegisteredHint = 'Register one, and people can let it act in their names.'
export const noAppsYet = 'No apps yet'
export const noAppsYetHint =
  'When a program asks for access, it sends you here. The command line does with “worldloom login”, and AI assistants do when you add this Worldloom to them.'
export const noSuchCode = 'No device shows this code. Look at it again.'
export const notForThem = 'You may not do this yourself, so the app may not either.'
export const otherRedirect = 'The address that it sends people back to is not registered for it.'
export const privacy = 'Privacy'
export const refused = 'It was not let in'
export const refusedHint = 'You can close this page.'
export const registerIt = 'Register'
export const registeredBy = (name: string) => `registered by ${name}`
export const registeredItself = 'registered itself'
export const remove = 'Remove'
export const removeIt = 'Remove the app'
export const removeNamed = (name: string) => `Remove “${name}”?`
export const removeHint = 'What people have granted it ends at once. This cannot be taken back.'
export const requestIsOver = 'This request is over'
export const requestIsOverHint =
  'It has been answered, it is older than ten minutes, or it was begun in another browser. Begin again in the app.'
export const sayNothingMore = 'The app cannot ask you'
export const secretHint = 'Save it now: it is shown this one time.'
export const since = (day: string) => `since ${day}`
export const takeAway = 'Take access away'
export const takeAwayNamed = (name: string) => `Take access away from “${name}”?`
export const takeAwayHint = 'It is refused at once. It can ask you again.'
export const terms = 'Terms'
export const theApps = 'The apps'
export const unknownApp = 'No app with this id is known here.'
export const whoYouAre = 'Know who you are'
export const whoYouAreEmail = 'Know your e-mail address'
export const whoYouAreProfile = 'Know your name'
export const whatItMayDo = 'What it may do'
export const wrongRequest = 'What it asked is not as it has to be. Tell whoever made the app.'

/** What each permission that an app can be given means. */
export const permissionSentences: Readonly<Record<string, string>> = {
  'profile:read': 'See your name, address and roles',
  'profile:update': 'Change your name',
  'world:read': 'See your worlds',
  'world:create': 'Create worlds',
  'world:update': 'Change worlds: names, settings, tags, links',
  'world:delete': 'Delete worlds',
  'entity:read': 'Read what is in them: stories, people, places and all other entries',
  'entity:create': 'Write new entries',
  'entity:update': 'Change entries',
  'entity:delete': 'Delete entries',
  'entity:propose': 'Propose changes, which you confirm',
  'chat:use': 'Use the chat, which counts against your limits',
}
