/** Among spoilers: an entry that is not to be known as a whole. */
export const wholeEntry = 'entry'
