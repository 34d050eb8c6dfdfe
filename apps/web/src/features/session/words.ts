import type { JSX } from 'solid-js'

export const administration = 'Administration'
export const anAdministratorCreatesAccountsHere =
  'An administrator creates accounts here. Ask whoever runs this server.'
export const aNewPassword = 'A new password'
export const askForAnother = 'Ask for another'
export const backToSigningIn = 'Back to signing in'
export const buildWorldsThePeopleIn =
  'Build worlds, the people in them and the stories they tell. Sign in with an account you already have.'
export const checkYourMail = 'Check your mail'
export const colours = 'Colours'
export const confirm = 'Confirm'
export const confirmationIsMailed = (strong: JSX.Element): JSX.Element => [
  'There is a mail on its way to ',
  strong,
  '. The link in it finishes your account; it holds for a day. Look among the unwanted mails too.',
]
export const confirmThatThisAddressIs = 'Confirm that this address is yours.'
export const confirmYourAddress = 'Confirm your address'
export const continueWith = (label: string) => `Continue with ${label}`
export const createAccount = 'Create account'
export const createAnAccount = 'Create an account'
export const creating = 'Creating…'
export const dark = 'Dark'
export const demoAccount = 'a demo account'
export const eMail = 'E-mail'
export const enterTheAddressYouSign = 'Enter the address you sign in with. We’ll mail you a link to set a new password.'
export const everyDeviceYouAreSigned = 'Every device you are signed in on is signed out.'
export const everyWorldBeginsAsA = 'Every world begins as a single line somebody bothered to write down.'
export const firstName = 'First name'
export const forgotYourPassword = 'Forgot your password?'
export const goOn = 'Go on'
export const goTo = 'Go to…'
export const itTakesThePermission = (code: JSX.Element): JSX.Element => [
  'It takes the permission ',
  code,
  ', which none of your roles has. An administrator can give you one that does.',
]
export const language = 'Language'
export const lastName = 'Last name'
export const later = 'Later'
export const light = 'Light'
export const linkIsUsed = (link: JSX.Element): JSX.Element => ['This link was used already, or is too old. ', link]
export const linkIsUsedAskAgain = (link: JSX.Element): JSX.Element => [
  'This link was used already, or is too old. ',
  link,
  ' to ask for another.',
]
export const mailMeALink = 'Mail me a link'
export const matchSystem = 'Match system'
export const mentionWhenYouReport = (id: string) => `Mention ${id} when you report it.`
export const menuOf = (name: string) => `menu of ${name}`
export const movies = 'Movies'
export const newHere = (link: JSX.Element): JSX.Element => ['New here? ', link]
export const newPassword = 'New password'
export const notOnTheMap = 'Not on the map'
export const notPermitted = 'Not permitted'
export const noWayToSignIn =
  'No way to sign in has been set up yet. Whoever runs this server can add one; .env.example says how.'
export const or = 'or'
export const passwordHint = 'At least 12 characters. A few words that do not belong together are good.'
export const resetIsMailed = (email: JSX.Element): JSX.Element => [
  'If somebody signs in with ',
  email,
  ', there is a mail on its way. The link in it holds for an hour.',
]
export const setANewPassword = 'Set a new password'
export const setThePassword = 'Set the password'
export const signIn = 'Sign in'
export const signInAnotherWay = 'Sign in another way'
export const signingIn = 'Signing in…'
export const signOut = 'Sign out'
export const skipToTheContent = 'Skip to the content'
export const somethingInItWentWrong = 'Something in it went wrong.'
export const somethingWentWrong = 'Something went wrong'
export const thankYouYourAddressIs = 'Thank you: your address is confirmed.'
export const theAccountWasNotLinked = 'The account was not linked'
export const thereIsNoPageAt = 'There is no page at this address.'
export const thisPageCouldNotBe = 'This page could not be shown'
export const thisServerSendsNoMails = ' This server sends no mails yet: whoever runs it finds the link in its log.'
export const thisServerSendsNoMailsWhoever =
  'This server sends no mails. Whoever runs it can set a new password for you (worldloom set-password).'
export const toYourSettings = 'To your settings'
export const welcome = 'Welcome'
export const whatsYourName = 'What’s your name?'
export const whoeverYouShareAWorld =
  'Whoever you share a world with sees your name. You can change it later, in your settings.'
export const worldloomCannotBeReachedRight = 'Worldloom cannot be reached right now.'
export const worldloomYourWorlds = 'Worldloom: your worlds'
export const worldsArePrivateByDefault = 'Worlds are private by default.'
export const youAreNotSignedIn = 'You are not signed in'
export const youCouldNotBeSigned = 'You could not be signed out: Worldloom cannot be reached. Try again.'
export const youDontHaveAccessTo = 'You don’t have access to this page'
export const youHaveOne = (link: JSX.Element): JSX.Element => ['You have one? ', link]
export const yourNewPasswordIsSet = 'Your new password is set.'
export const codeOfYourApp = 'Code of your authenticator app'
export const confirmItIsYou = 'Confirm that it is you'
export const confirmItIsYouWhy =
  'This is asked before what would hurt most if somebody else sat here, unless you have just signed in.'
export const lostThem =
  'If you have lost all of them, an administrator can remove them after making sure that it is you.'
export const orARecoveryCode = 'Or one of your recovery codes.'
export const recoveryCode = 'Recovery code'
export const secondFactor = 'One more step'
export const secondFactorIntro = 'Show that it is you with a second factor.'
export const signInFromTheStart = 'That took too long, or was begun in another browser. Sign in again.'
export const signInWithAPasskey = 'Sign in with a passkey'
export const thePasskeyWasNotUsed = 'No passkey was used. Try again, or choose another way.'
export const thisPasskeyIsKnown = 'This device has a passkey for you already.'
export const useAPasskey = 'Use a passkey'
export const youComeBackHere = 'You come back to this page. Then do again what you were about to do.'
export const noRoleHasIt = 'No role has it yet.'
export const rolesWithIt = (roles: string) => `These roles have it: ${roles}.`
export const takesBeingFresh = 'It also takes having signed in within the last ten minutes.'
export const takesPermission = (code: JSX.Element): JSX.Element => ['It takes the permission ', code, '.']
export const takesWorldRole = (needed: string, has: string | null) =>
  has === null
    ? `It takes the role “${needed}” in this world, and you are not a member.`
    : `It takes the role “${needed}” in this world; yours is “${has}”.`
export const why = 'Why?'
export const youMayByNow = 'You may by now. Reload the page.'
export const yourRoles = (roles: string) => (roles === '' ? 'You have no role.' : `Your roles: ${roles}.`)
