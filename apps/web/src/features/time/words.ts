import { formatNumber } from '../../lib/number.ts'

export const aboutTheDrawing = (count: number, from: string) =>
  `${formatNumber(count)} dates from ${from} on. The list has the same.`
export const aged = (ageText: string) => ` aged ${ageText}`
export const aLink = 'A link'
export const aSpanIsChangedOn = 'A span is changed on the page of the scene.'
export const begins = 'begins'
export const calendar = 'Calendar'
export const changeCalendar = 'Change calendar'
export const changeTheCalendar = 'Change the calendar'
export const datesAreKeptAsThey =
  'Dates are kept as they are written. Before anything is changed, you see what it does to them.'
export const datesWillChange = (renamed: string, total: string, widened: number) =>
  `${renamed} of ${total} dates will read differently${widened > 0 ? `, and ${formatNumber(widened)} can only be kept less exactly` : ''}.`
export const daysOfTheWeek = 'Days of the week'
export const died = 'died'
export const dragASceneToChange = ' Drag a scene to change its date.'
export const dragToMoveCtrlAnd = 'Drag to move, Ctrl and the wheel or two fingers to zoom.'
export const ends = 'ends'
export const eras = 'Eras'
export const erasHint =
  'One a line: name, abbreviation and first year. “backwards” for years before it: Before the Ringing, BR, 0, backwards'
export const fellIntoRuins = 'fell into ruins'
export const giveScenesPersonasLocationsThings =
  'Give scenes, personas, locations, things and links dates in the calendar of the world.'
export const hoursOfADay = 'Hours of a day'
export const howTheYearsOfThis =
  'How the years of this world are divided and counted. Dates are typed and shown in its words.'
export const kinds = 'Kinds'
export const lanes = 'Lanes'
export const leapYears = 'Leap years'
export const leapYearsHint =
  'One a line: month, days more, and every how many years: February, 1, 4 except 100 unless 400'
export const leastToMost = (least: number, most: number) => `${least} to ${most}`
export const lessExact = ' (less exact)'
export const locations = 'Locations'
export const minutesOfAnHour = 'Minutes of an hour'
export const months = 'Months'
export const monthsHint = 'One a line, with its days: Frostmoon 28'
export const noDateChanges = (total: string) => `None of the ${total} dates changes.`
export const noSuchMonth = (field: string, month: string, line: string) =>
  `${field}: there is no month “${month}”, in “${line}”.`
export const nothingHappensThen = 'Nothing happens then'
export const nothingHasADateYet = 'Nothing has a date yet'
export const notUnderstood = (field: string, line: string) =>
  `${field}: “${line}” is not understood. See the example below the field.`
export const ofLabel = 'Of'
export const onlyTheFirst = (length: string) =>
  `The first ${length} dates are drawn. Choose a part of time to see others.`
export const orBeginWithAnother = 'Or begin with another:'
export const personas = 'Personas'
export const seasons = 'Seasons'
export const seasonsHint = 'One a line, with its first day: Spring 20 March'
export const seeWhatItChanges = 'See what it changes'
export const theCalendarIsChanged = 'The calendar is changed.'
export const thereAreNoDatesIn = 'There are no dates in this world yet.'
export const theTimeline = 'The timeline'
export const timeline = 'Timeline'
export const timelineOf = (name: string) => `${name}: timeline`
export const timelineTitle = (displayName: string) => `Timeline · ${displayName}`
export const to = 'To'
export const wasBorn = 'was born'
export const wasFounded = 'was founded'
export const wasLost = 'was lost'
export const wasMade = 'was made'
export const week = 'Week'
export const weekHint = 'One a line; none, if there are no weeks'
export const whatWhenInLane = (what: string, when: string, lane: string) => `${what}, ${when}, in ${lane}`
export const year = 'Year'
export const yearOf = (days: string, months: number, names: string) => `${days} days in ${months} months: ${names}`
