import * as words from './words.ts'
/** The requirements for a new password. */
export const passwordHint = words.passwordHint
