import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'
import type * as english from './words.ts'

export const addActsAndScenesIn = 'Lege in der Gliederung Akte und Szenen an; ihre Texte liest und schreibst du hier.'
export const addAnAct = 'Akt anlegen'
export const addOne: typeof english.addOne = (one) => `${one} anlegen`
export const addSceneTo: typeof english.addSceneTo = (displayName) => `Szene in ${displayName} anlegen`
export const addTheFirstAct = 'Ersten Akt anlegen'
export const areNowFrom: typeof english.areNowFrom = (count, place) => `${count} sind jetzt ab ${place}`
export const aStory = 'Eine Geschichte'
export const board = 'Tafel'
export const castOf: typeof english.castOf = (name) => `Besetzung von ${name}`
export const corkboard = 'Pinnwand'
export const dragScenesOrPressAlt =
  'Ziehe Szenen, oder drücke Alt mit einer Pfeiltaste. Leertaste oder Strg-Klick wählt mehrere, die sich gemeinsam bewegen.'
export const isInIt = 'kommt vor'
export const isNow: typeof english.isNow = (displayName, place) => `${displayName} ist jetzt ${place}`
export const isNowAt: typeof english.isNowAt = (name, value, length) => `${name} ist jetzt ${value} von ${length}.`
export const isThere: typeof english.isThere = (sent) => `„${sent}“ ist angelegt.`
export const moveDown = 'Nach unten'
export const moveToTheLeft = 'Nach links'
export const moveToTheRight = 'Nach rechts'
export const moveUp = 'Nach oben'
export const nobodyIsInAScene = 'Noch ist niemand in einer Szene'
export const noScenesYet = 'Noch keine Szenen.'
export const nothingIsWrittenHereYet = 'Hier steht noch nichts.'
export const openASceneAndAdd = 'Öffne eine Szene und gib ihr Figuren als Besetzung.'
export const outline = 'Gliederung'
export const persona = 'Figur'
export const placeIn: typeof english.placeIn = (value, length, displayName) =>
  `${value} von ${length} in ${displayName}.`
export const print = 'Drucken'
export const readItThrough = 'Durchlesen'
export const scenes = 'Szenen'
export const selected = '  (ausgewählt)'
export const selectedTogether: typeof english.selectedTogether = (count) =>
  `${count} ausgewählt: Sie bewegen sich gemeinsam.`
export const selectNone = 'Auswahl aufheben'
export const theStory = 'die Geschichte'
export const theStoryDidNotArrive = 'Die Geschichte wurde nicht geladen'
export const thisStoryHasNoActs = 'Diese Geschichte hat noch keine Akte'
export const thisStoryHasNoActsYet = 'Diese Geschichte hat noch keine Akte.'
export const toTheEndOf: typeof english.toTheEndOf = (displayName) => `Ans Ende von „${displayName}“`
export const toTheStories = 'Zu den Geschichten'
export const viewsOfTheStory = 'Ansichten der Geschichte'
export const when = 'Wann'
export const where = 'Wo'
export const who = 'Wer'
export const whoIsInWhichScene = 'Wer in welcher Szene ist'
export const wordCount: typeof english.wordCount = (count) =>
  plural(count, { one: '1 Wort', other: `${formatNumber(count)} Wörter` })
export const write = 'Schreiben'
export const writeNamed: typeof english.writeNamed = (displayName) => `${displayName} schreiben`
export const writePlaceholder = 'Schreib …'
