/** For how long a change can be undone here, in milliseconds. The history can restore it later, too. */
export const undoLifetime = 60_000
