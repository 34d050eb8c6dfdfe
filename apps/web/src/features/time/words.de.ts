import { formatNumber } from '../../lib/number.ts'
import type * as english from './words.ts'

export const aboutTheDrawing: typeof english.aboutTheDrawing = (count, from) =>
  `${formatNumber(count)} Daten ab ${from}. Die Liste zeigt dasselbe.`
export const aged: typeof english.aged = (ageText) => ` im Alter von ${ageText}`
export const aLink = 'Eine Verknüpfung'
export const aSpanIsChangedOn = 'Eine Spanne ändert man auf der Seite der Szene.'
export const begins = 'beginnt'
export const calendar = 'Kalender'
export const changeCalendar = 'Kalender ändern'
export const changeTheCalendar = 'Kalender ändern'
export const datesAreKeptAsThey =
  'Daten bleiben, wie sie geschrieben sind. Bevor etwas geändert wird, siehst du, was mit ihnen geschieht.'
export const datesWillChange: typeof english.datesWillChange = (renamed, total, widened) =>
  `${renamed} von ${total} Daten lesen sich danach anders${widened > 0 ? `, und ${formatNumber(widened)} lassen sich nur weniger genau behalten` : ''}.`
export const daysOfTheWeek = 'Wochentage'
export const died = 'starb'
export const dragASceneToChange = '  Ziehe eine Szene, um ihr Datum zu ändern.'
export const dragToMoveCtrlAnd = 'Ziehen zum Bewegen, Strg und Rad oder zwei Finger zum Vergrößern.'
export const ends = 'endet'
export const eras = 'Zeitalter'
export const erasHint =
  'Eines je Zeile: Name, Abkürzung und erstes Jahr. „backwards“ für die Jahre davor: Vor dem Läuten, VL, 0, backwards'
export const fellIntoRuins = 'verfiel'
export const giveScenesPersonasLocationsThings =
  'Gib Szenen, Figuren, Orten, Gegenständen und Verknüpfungen Daten im Kalender der Welt.'
export const hoursOfADay = 'Stunden eines Tages'
export const howTheYearsOfThis =
  'Wie die Jahre dieser Welt geteilt und gezählt werden. Daten schreibt und liest man in ihren Wörtern.'
export const kinds = 'Arten'
export const lanes = 'Bahnen'
export const leapYears = 'Schaltjahre'
export const leapYearsHint =
  'Eine je Zeile: Monat, zusätzliche Tage und alle wie viele Jahre: Februar, 1, 4 except 100 unless 400'
export const leastToMost: typeof english.leastToMost = (least, most) => `${least} bis ${most}`
export const lessExact = '  (weniger genau)'
export const locations = 'Orte'
export const minutesOfAnHour = 'Minuten einer Stunde'
export const months = 'Monate'
export const monthsHint = 'Einer je Zeile, mit seinen Tagen: Frostmond 28'
export const noDateChanges: typeof english.noDateChanges = (total) => `Keines der ${total} Daten ändert sich.`
export const noSuchMonth: typeof english.noSuchMonth = (field, month, line) =>
  `${field}: Den Monat „${month}“ gibt es nicht, in „${line}“.`
export const nothingHappensThen = 'Dann geschieht nichts'
export const nothingHasADateYet = 'Noch hat nichts ein Datum'
export const notUnderstood: typeof english.notUnderstood = (field, line) =>
  `${field}: „${line}“ ist nicht verständlich. Siehe das Beispiel unter dem Feld.`
export const ofLabel = 'Von'
export const onlyTheFirst: typeof english.onlyTheFirst = (length) =>
  `Die ersten ${length} Daten sind gezeichnet. Wähle einen Abschnitt, um andere zu sehen.`
export const orBeginWithAnother = 'Oder mit einem anderen beginnen:'
export const personas = 'Figuren'
export const seasons = 'Jahreszeiten'
export const seasonsHint = 'Eine je Zeile, mit ihrem ersten Tag: Frühling 20 März'
export const seeWhatItChanges = 'Ansehen, was sich ändert'
export const theCalendarIsChanged = 'Der Kalender ist geändert.'
export const thereAreNoDatesIn = 'In dieser Welt gibt es noch keine Daten.'
export const theTimeline = 'die Zeitleiste'
export const timeline = 'Zeitleiste'
export const timelineOf: typeof english.timelineOf = (name) => `${name}: Zeitleiste`
export const timelineTitle: typeof english.timelineTitle = (displayName) => `Zeitleiste · ${displayName}`
export const to = 'Bis'
export const wasBorn = 'wurde geboren'
export const wasFounded = 'wurde gegründet'
export const wasLost = 'ging verloren'
export const wasMade = 'wurde gemacht'
export const week = 'Woche'
export const weekHint = 'Einer je Zeile; keiner, wenn es keine Wochen gibt'
export const whatWhenInLane: typeof english.whatWhenInLane = (what, when, lane) => `${what}, ${when}, in ${lane}`
export const year = 'Jahr'
export const yearOf: typeof english.yearOf = (days, months, names) => `${days} Tage in ${months} Monaten: ${names}`
