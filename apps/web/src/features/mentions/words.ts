import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'

export const createNamed = (one: string, name: string) => `Create ${one} “${name}”`
export const entriesToMention = 'Entries to mention'
export const findNamesInTheseTexts = 'Find names in these texts'
export const makeMentions = (count: number) =>
  plural(count, { one: 'Make 1 mention', other: `Make ${formatNumber(count)} mentions` })
export const mentionedIn = 'Mentioned in'
export const namesAreMentionsNow = (count: number) =>
  plural(count, { one: '1 name is a mention now.', other: `${formatNumber(count)} names are mentions now.` })
export const namesInTheseTexts = 'Names in these texts'
export const namesOfEntriesThatAre =
  'Names of entries that are not mentions yet. Those you choose become links to the entries.'
export const noTextMentionsThisYet = 'No text mentions this yet.'
export const suggestionCount = (count: number) =>
  plural(count, { one: '1 suggestion', other: `${formatNumber(count)} suggestions` })
export const thereAreMoreDoThese = 'There are more. Do these first.'
export const thereAreNoNamesOf = 'There are no names of other entries in these texts, besides the mentions.'
export const theWorld = 'The world'
export const toBeFilledInLater = 'to be filled in later'
