/** What a mail says. */
export interface Wording {
  readonly subject: string
  readonly text: string
}

export const alreadyHere = (signInLink: string): Wording => ({
  subject: 'You have a Worldloom account already',
  text: `Hello,\n\nsomebody, probably you, tried to make a Worldloom account with this address. There is one already: sign in at\n\n${signInLink}\n\nIf you forgot the password, you can set a new one there. If it was not you, ignore this mail: nothing happened.\n`,
})
export const apiKeyExpires = (name: string, days: number, link: string): Wording => ({
  subject: `Your API key “${name}” expires ${days === 1 ? 'within a day' : `within ${days} days`}`,
  text: `Hello,\n\nthe API key “${name}” of your Worldloom account expires ${days === 1 ? 'within a day' : `within ${days} days`}. Programs that use it will be refused from then on. Create another one here, and give it to them in time:\n\n${link}\n`,
})
export const apiKeyLeaked = (name: string, where: string | undefined, link: string): Wording => ({
  subject: `Your API key “${name}” was found in public`,
  text: `Hello,\n\nthe API key “${name}” of your Worldloom account was found in public${where ? `:\n\n${where}\n\n` : '. '}It was switched off at once. Look at what it was used for, take it out of there, and rotate it, which gives it another secret:\n\n${link}\n`,
})
export const invitation = (world: string, inviter: string, link: string): Wording => ({
  subject: `${inviter} invites you to “${world}”`,
  text: `Hello,\n\n${inviter} would like to share the world “${world}” with you. To join, open this link:\n\n${link}\n\nIt is good for one person. If you do not know what this is about, ignore this mail: nothing happens.\n`,
})
export const passwordChanged = (): Wording => ({
  subject: 'Your Worldloom password was changed',
  text: 'Hello,\n\nthe password of your Worldloom account was changed just now, and every other device was signed out. If that was not you, set a new one on the sign-in page at once.\n',
})
export const recoveryCodeUsed = (left: number): Wording => ({
  subject: 'A recovery code of your Worldloom account was used',
  text: `Hello,\n\nsomebody, probably you, signed in to your Worldloom account with a recovery code just now. ${left === 1 ? 'One is left' : `${left} are left`}; you can make new ones under Settings, Security. If that was not you, change your password and sign out all other devices at once.\n`,
})
export const resetPassword = (link: string): Wording => ({
  subject: 'Set a new password for Worldloom',
  text: `Hello,\n\nto set a new password, open this link within an hour:\n\n${link}\n\nIf you did not ask for it, ignore this mail: your password stays as it is.\n`,
})
const factorNames = { passkey: 'A passkey', totp: 'An authenticator app' } as const
export const secondFactorAdded = (kind: keyof typeof factorNames): Wording => ({
  subject: `${factorNames[kind]} was added to your Worldloom account`,
  text: `Hello,\n\n${factorNames[kind].toLowerCase()} was added to your Worldloom account just now, and every other device was signed out. It is asked for from now on when you sign in. If that was not you, ask an administrator to take it away at once.\n`,
})
export const secondFactorRemoved = (kind: keyof typeof factorNames): Wording => ({
  subject: `${factorNames[kind]} was removed from your Worldloom account`,
  text: `Hello,\n\n${factorNames[kind].toLowerCase()} was removed from your Worldloom account just now. If that was not you, change your password and sign out all other devices at once.\n`,
})
export const secondFactorsReset = (): Wording => ({
  subject: 'The second factors of your Worldloom account were removed',
  text: 'Hello,\n\nan administrator took all passkeys, the authenticator app and the recovery codes away from your Worldloom account just now, and signed you out everywhere. If you did not ask for that, tell them at once.\n',
})
export const verifyEmail = (link: string): Wording => ({
  subject: 'Confirm your e-mail address for Worldloom',
  text: `Hello,\n\nto confirm that this address is yours, open this link within a day:\n\n${link}\n\nIf you did not ask for it, ignore this mail: nothing happens.\n`,
})
export const webhookOff = (host: string, world: string, link: string): Wording => ({
  subject: `A webhook of “${world}” was switched off`,
  text: `Hello,\n\nthe webhook of the world “${world}” that is sent to ${host} was switched off: for a day nothing could be delivered there, or the address said that it is gone. What it missed is sent once you switch it on again:\n\n${link}\n`,
})
