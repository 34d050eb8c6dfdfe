import type { JSX } from 'solid-js'
import { withArticle } from '../../lib/article.ts'
import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'

export const addCover = 'Add cover'
export const allHere = (many: string) => `All ${many} here`
export const aNewOne = (one: string) => `A new ${one}`
export const body = 'Body'
export const cover = 'Cover'
export const coverOf = (displayName: string) => `Cover of ${displayName}`
export const createdAndUpdated = (created: JSX.Element, updated: JSX.Element): JSX.Element => [
  'Created ',
  created,
  ', updated ',
  updated,
]
export const createTheFirst = (one: string) => `Create the first ${one}`
export const deleteNamed = (displayName: string) => `Delete “${displayName}”?`
export const goesAlong = (along: string, count: number) =>
  `${along} ${plural(count, { one: 'goes', other: 'go' })} into the trash with it. All of it can be taken back from there.`
export const history = 'History'
export const inTheTrash = 'in the trash'
export const isBack = (displayName: string) => `“${displayName}” is back.`
export const isInTheTrash = (displayName: string, along: number) =>
  `“${displayName}” is in the trash${along > 0 ? `, with ${formatNumber(along)} more` : ''}.`
export const isThere = (displayName: string) => `“${displayName}” is there.`
export const itWasDeletedOrWas = 'It was deleted, or was never in this world.'
export const moveToTrash = 'Move to trash'
export const newOne = (one: string) => `New ${one}`
export const noneHereYet = (many: string) => `No ${many} here yet.`
export const noneYet = (many: string) => `No ${many} yet`
export const noSuchEntry = (one: string) => `No such ${one}`
export const ofParent = ' of '
export const oneInTheTrash = (one: string) => `${withArticle(one)} in the trash`
export const placeholderStillToBeFilled = ' · placeholder, still to be filled in'
export const share = 'Share'
export const spoiler = 'Spoiler'
export const spoilerOf = (label: string) => `${label}: spoiler`
export const spoilers = 'Spoilers'
export const theEntry = (one: string) => `The ${one}`
export const theWholeEntry = (one: string) => `The whole ${one}`
export const toTheList = (many: string) => `To the ${many}`
export const until = (what: string, scene: JSX.Element): JSX.Element => [what, ' until ', scene]
export const untilLabel = (label: string) => `${label}: until`
export const uploadImages = 'Upload images'
export const uploadTheFirstOnes = 'Upload the first ones'
export const whatIsOnlyKnownFrom =
  'What is only known from a scene on. Whoever asks about the world at an earlier scene, the chat included, is not told.'
