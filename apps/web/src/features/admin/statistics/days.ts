/** Over how many days statistics are shown. */
export const statisticsDays = [7, 30, 90, 365] as const
export type StatisticsDays = (typeof statisticsDays)[number]

export function readStatisticsSearch({ days }: Record<string, unknown>): { days?: StatisticsDays } {
  const found = statisticsDays.find((each) => each === days)
  return found ? { days: found } : {}
}
