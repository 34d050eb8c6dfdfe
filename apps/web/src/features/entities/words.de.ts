import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'
import type * as english from './words.ts'

export const addCover = 'Titelbild hinzufügen'
export const allHere: typeof english.allHere = (many) => `Alle ${many} hier`
export const aNewOne: typeof english.aNewOne = (one) => `${one} anlegen`
export const body = 'Text'
export const cover = 'Titelbild'
export const coverOf: typeof english.coverOf = (displayName) => `Titelbild von ${displayName}`
export const createdAndUpdated: typeof english.createdAndUpdated = (created, updated) => [
  'Angelegt ',
  created,
  ', geändert ',
  updated,
]
export const createTheFirst: typeof english.createTheFirst = (one) => `${one} anlegen`
export const deleteNamed: typeof english.deleteNamed = (displayName) => `„${displayName}“ löschen?`
export const goesAlong: typeof english.goesAlong = (along, count) =>
  `${along} ${plural(count, { one: 'kommt', other: 'kommen' })} mit in den Papierkorb. Alles lässt sich von dort zurückholen.`
export const history = 'Verlauf'
export const inTheTrash = 'im Papierkorb'
export const isBack: typeof english.isBack = (displayName) => `„${displayName}“ ist wieder da.`
export const isInTheTrash: typeof english.isInTheTrash = (displayName, along) =>
  `„${displayName}“ ist im Papierkorb${along > 0 ? `, mit ${formatNumber(along)} weiteren` : ''}.`
export const isThere: typeof english.isThere = (displayName) => `„${displayName}“ ist angelegt.`
export const itWasDeletedOrWas = 'Der Eintrag wurde gelöscht oder war nie in dieser Welt.'
export const moveToTrash = 'In den Papierkorb'
export const newOne: typeof english.newOne = (one) => `${one} anlegen`
export const noneHereYet: typeof english.noneHereYet = (many) => `Noch keine ${many} hier.`
export const noneYet: typeof english.noneYet = (many) => `Noch keine ${many}`
export const noSuchEntry: typeof english.noSuchEntry = (one) => `Nicht gefunden: ${one}`
export const ofParent = '  in '
export const oneInTheTrash: typeof english.oneInTheTrash = (one) => `${one} im Papierkorb`
export const placeholderStillToBeFilled = '  · Platzhalter, noch zu füllen'
export const share = 'Teilen'
export const spoiler = 'Spoiler'
export const spoilerOf: typeof english.spoilerOf = (label) => `${label}: Spoiler`
export const spoilers = 'Spoiler'
export const theEntry: typeof english.theEntry = (one) => `dieser Eintrag (${one})`
export const theWholeEntry: typeof english.theWholeEntry = (one) => `Der ganze Eintrag (${one})`
export const toTheList: typeof english.toTheList = (many) => `Alle ${many}`
export const until: typeof english.until = (what, scene) => [what, ' bis ', scene]
export const untilLabel: typeof english.untilLabel = (label) => `${label}: bis`
export const uploadImages = 'Bilder hochladen'
export const uploadTheFirstOnes = 'Die ersten hochladen'
export const whatIsOnlyKnownFrom =
  'Was erst ab einer Szene bekannt ist. Wer zu einem früheren Stand nach der Welt fragt, auch der Chat, erfährt es nicht.'
