import type { JSX } from 'solid-js'
import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'

export const aboutTheDrawing = (entries: number, connections: number) =>
  `${formatNumber(entries)} entries and ${formatNumber(connections)} connections between them. The list has the same.`
export const allTags = 'All tags'
export const andMore = (value: number) => `and ${value} more`
export const anything = 'Anything'
export const around = 'Around'
export const connectedBy = 'Connected by'
export const connectionsOf = (name: string) => `${name}: connections`
export const connectionsTitle = (displayName: string) => `Connections · ${displayName}`
export const deselect = (displayName: string) => `Deselect ${displayName}`
export const endThePath = 'End the path'
export const fromToWhere = (bdi: JSX.Element): JSX.Element => ['From ', bdi, ' to where? Press another entry.']
export const isInTheMiddle = (displayName: string) => `“${displayName}” is in the middle`
export const isMentionedIn = 'is mentioned in'
export const kindsThatAreShown = 'Kinds that are shown'
export const linkEntriesOnTheirPages =
  'Link entries on their pages, mention them in texts with @, and put personas and things into scenes.'
export const mentions = 'Mentions'
export const mentionsIt = 'mentions'
export const mostShown = (shown: string) => `There is more: the ${shown} most connected are shown.`
export const noPath = (bdi: JSX.Element, bdi2: JSX.Element): JSX.Element => [
  'Nothing that is shown leads from ',
  bdi,
  ' to ',
  bdi2,
  '.',
]
export const nothingFits = 'Nothing fits'
export const nothingIsConnectedYet = 'Nothing is connected yet'
export const onlyAroundThis = 'Only around this'
export const pathFromHere = 'Path from here'
export const pressAnEntryToSee =
  'Press an entry to see what it is connected with. Drag to move it, or the picture; zoom with the wheel or two fingers.'
export const showUpTo = (maxShown: string) => `Show up to ${maxShown}`
export const stepCount = (count: number) => plural(count, { one: '1 step', other: `${formatNumber(count)} steps` })
export const steps = 'Steps'
export const storiesScenesPlacesAndOwners = 'Stories, scenes, places and owners'
export const whatIsSelected = 'What is selected'
