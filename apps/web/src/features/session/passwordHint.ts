/** The requirements for a new password. */
export const passwordHint = 'At least 12 characters. A few words that do not belong together are good.'
