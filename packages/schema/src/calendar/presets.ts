import type { Calendar } from './calendarType.ts'

const plain = { leapRules: [], hoursPerDay: 24, minutesPerHour: 60, firstWeekday: 1 }

/** The calendar of a world that has none of its own. */
export const gregorianCalendar: Calendar = {
  ...plain,
  name: 'Gregorian calendar',
  months: [
    { name: 'January', days: 31 },
    { name: 'February', days: 28 },
    { name: 'March', days: 31 },
    { name: 'April', days: 30 },
    { name: 'May', days: 31 },
    { name: 'June', days: 30 },
    { name: 'July', days: 31 },
    { name: 'August', days: 31 },
    { name: 'September', days: 30 },
    { name: 'October', days: 31 },
    { name: 'November', days: 30 },
    { name: 'December', days: 31 },
  ],
  // 1 January of the year 1 was a Monday.
  weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  leapRules: [{ month: 2, days: 1, every: 4, except: 100, unless: 400 }],
  eras: [
    { name: 'Before Christ', abbreviation: 'BC', start: 0, backwards: true },
    { name: 'Anno Domini', abbreviation: 'AD', start: 1, backwards: false },
  ],
  seasons: [
    { name: 'Spring', month: 3, day: 20 },
    { name: 'Summer', month: 6, day: 21 },
    { name: 'Autumn', month: 9, day: 22 },
    { name: 'Winter', month: 12, day: 21 },
  ],
}

const moons = [
  'Frostmoon',
  'Wolfmoon',
  'Thawmoon',
  'Seedmoon',
  'Hawkmoon',
  'Rosemoon',
  'Highmoon',
  'Cornmoon',
  'Ashmoon',
  'Bloodmoon',
  'Fogmoon',
  'Longmoon',
  'Lastmoon',
]

/** Thirteen moons of four weeks, and a day outside of them in every fourth year. */
export const thirteenMoonsCalendar: Calendar = {
  ...plain,
  name: 'Thirteen moons',
  months: moons.map((name) => ({ name, days: 28 })),
  weekdays: ['Firstday', 'Tideday', 'Ironday', 'Midweek', 'Saltday', 'Lampday', 'Restday'],
  leapRules: [{ month: 13, days: 1, every: 4 }],
  eras: [
    { name: 'Before the Ringing', abbreviation: 'BR', start: 0, backwards: true },
    { name: 'After the Ringing', abbreviation: 'AR', start: 1, backwards: false },
  ],
  seasons: [
    { name: 'Midwinter', month: 1, day: 1 },
    { name: 'Spring', month: 3, day: 1 },
    { name: 'Summer', month: 6, day: 1 },
    { name: 'Autumn', month: 9, day: 1 },
    { name: 'Winter', month: 12, day: 1 },
  ],
}

/** Ten months of 36 days, and a festival of five at the end of the year. Its day has ten hours. */
export const tenSunsCalendar: Calendar = {
  ...plain,
  name: 'Ten suns',
  months: [
    ...['Primar', 'Secunde', 'Tertian', 'Quartal', 'Quintile', 'Sextile', 'Septime', 'Octave', 'Novene', 'Decade'].map(
      (name) => ({ name, days: 36 }),
    ),
    { name: 'Days of the Sun', days: 5 },
  ],
  weekdays: ['Dawn', 'Labour', 'Market', 'Council', 'Hearth', 'Rest'],
  eras: [
    { name: 'Age of Ash', abbreviation: 'Ash', start: 1, backwards: false },
    { name: 'Age of Glass', abbreviation: 'Glass', start: 801, backwards: false },
  ],
  seasons: [
    { name: 'Growing', month: 1, day: 1 },
    { name: 'Burning', month: 4, day: 1 },
    { name: 'Gathering', month: 7, day: 1 },
    { name: 'Waiting', month: 9, day: 1 },
  ],
  hoursPerDay: 10,
  minutesPerHour: 100,
}

/** The calendars that a world can begin with. */
export const calendarPresets = {
  gregorian: gregorianCalendar,
  thirteenMoons: thirteenMoonsCalendar,
  tenSuns: tenSunsCalendar,
} as const satisfies Readonly<Record<string, Calendar>>
