/** How the years of a world are divided and counted. */
export interface Calendar {
  readonly name: string
  readonly months: { readonly name: string; readonly days: number }[]
  /** None if the world has no weeks. */
  readonly weekdays: string[]
  /** Which weekday the first day of year 1 is, counted from 1. */
  readonly firstWeekday: number
  readonly leapRules: {
    /** The month that is longer in a leap year, counted from 1. */
    readonly month: number
    /** How many days longer. */
    readonly days: number
    /** A leap year comes every so many years, … */
    readonly every: number
    /** … but not every so many, … */
    readonly except?: number | undefined
    /** … unless it is one of these as well: the Gregorian calendar has 4, 100 and 400. */
    readonly unless?: number | undefined
  }[]
  readonly eras: {
    readonly name: string
    readonly abbreviation: string
    /** Which year, counted without eras, is its year 1. */
    readonly start: number
    /** Whether its years count backwards, as those before Christ. */
    readonly backwards: boolean
  }[]
  /** In the order in which they begin. */
  readonly seasons: { readonly name: string; readonly month: number; readonly day: number }[]
  readonly hoursPerDay: number
  readonly minutesPerHour: number
}
