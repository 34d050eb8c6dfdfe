import { z } from 'zod'

export const maxStatisticsDays = 366

export const statisticsInput = z
  .strictObject({
    /** How many days, up to today (UTC). */
    days: z
      .int('Must be a whole number')
      .min(7, 'Must be at least 7')
      .max(maxStatisticsDays, `Must be at most ${maxStatisticsDays}`)
      .default(30),
  })
  .prefault({})
