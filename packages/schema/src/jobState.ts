/**
 * `waiting`: nobody has begun it. `retrying`: an attempt failed, and another will be made. `failed`: none will be made. `cancelled`:
 * given up.
 */
export const jobStates = ['waiting', 'retrying', 'running', 'done', 'failed', 'cancelled'] as const
export type JobState = (typeof jobStates)[number]
