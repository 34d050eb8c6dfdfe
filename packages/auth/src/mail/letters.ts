import type { Language } from '@worldloom/schema'
import * as german from './words.de.ts'
import * as english from './words.ts'

/** A mail before it is known in which language it is sent. */
export interface Letter {
  readonly to: string
  in(language: Language): english.Wording
}

const catalogs: Readonly<Record<Language, typeof english>> = { en: english, de: german }

function letter(to: string, write: (words: typeof english) => english.Wording): Letter {
  return {
    to,
    in: (language) => {
      const { subject, text } = write(catalogs[language])
      // Names may have line breaks, which would begin another header.
      return { subject: subject.replace(/[\r\n]+/g, ' '), text }
    },
  }
}

/** Each mail. */
export const letters = {
  verifyEmail: (to: string, link: string) => letter(to, (words) => words.verifyEmail(link)),
  alreadyHere: (to: string, signInLink: string) => letter(to, (words) => words.alreadyHere(signInLink)),
  resetPassword: (to: string, link: string) => letter(to, (words) => words.resetPassword(link)),
  invitation: (to: string, world: string, inviter: string, link: string) =>
    letter(to, (words) => words.invitation(world, inviter, link)),
  webhookOff: (to: string, host: string, world: string, link: string) =>
    letter(to, (words) => words.webhookOff(host, world, link)),
  apiKeyExpires: (to: string, name: string, days: number, link: string) =>
    letter(to, (words) => words.apiKeyExpires(name, days, link)),
  apiKeyLeaked: (to: string, name: string, where: string | undefined, link: string) =>
    letter(to, (words) => words.apiKeyLeaked(name, where, link)),
  passwordChanged: (to: string) => letter(to, (words) => words.passwordChanged()),
  secondFactorAdded: (to: string, kind: 'passkey' | 'totp') => letter(to, (words) => words.secondFactorAdded(kind)),
  secondFactorRemoved: (to: string, kind: 'passkey' | 'totp') => letter(to, (words) => words.secondFactorRemoved(kind)),
  secondFactorsReset: (to: string) => letter(to, (words) => words.secondFactorsReset()),
  recoveryCodeUsed: (to: string, left: number) => letter(to, (words) => words.recoveryCodeUsed(left)),
}
