/** What a new password has to be, before anything is wrong with it. */
export const passwordHint = 'At least 12 characters. A few words that do not belong together are good.'
