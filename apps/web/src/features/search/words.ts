import type { JSX } from 'solid-js'

export const allKinds = 'All kinds'
export const allTags = 'All tags'
export const anyOtherOrInvented = 'Any other, or invented'
export const kind = 'Kind'
export const language = 'Language'
export const languageOfTheTexts = 'Language of the texts'
export const namesAndTextsOfThis = 'Names and texts of this world'
export const nothingHas = (bdi: JSX.Element): JSX.Element => ['Nothing in this world has “', bdi, '”.']
export const search = 'Search'
export const searchEverything = 'Search everything'
export const searchOf = (displayName: string) => `Search · ${displayName}`
export const showingNear = (bdi: JSX.Element, bdi2: JSX.Element): JSX.Element => [
  'Nothing has “',
  bdi,
  '”. Showing what has ',
  bdi2,
  '. ',
]
export const theSearch = 'The search'
export const typosAreFinePutSeveral =
  'Typos are fine. Put “several words” in quotes to find them as they follow each other, and a minus before a word that must not be there.'
export const whatAreYouLookingFor = 'What are you looking for?'
export const whatTheTextsAreWritten =
  'What the texts are written in: the search then finds “keepers” for “keeper”. Names are found in any language.'
