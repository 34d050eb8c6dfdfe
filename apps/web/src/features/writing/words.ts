import type { JSX } from 'solid-js'
import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'

export const backToThePage = 'Back to the page'
export const bold = 'Bold'
export const column = 'Column'
export const compare = 'Compare'
export const describeItInASentence = 'Describe it in a sentence or two'
export const discardChanges = 'Discard changes'
export const discardIt = 'Discard it'
export const findAndReplace = 'Find and replace'
export const formattingOf = (label: string) => `Formatting of ${label}`
export const goOnWithIt = 'Go on with it'
export const heading = 'Heading'
export const isUploaded = (name: string) => `${name} is uploaded.`
export const italic = 'Italic'
export const itIsKeptInThis =
  'It is kept in this browser. Going on saves it, or shows what somebody else wrote meanwhile.'
export const notSavedYet = 'Not saved yet'
export const onlyTheText = 'Only the text'
export const quote = 'Quote'
export const saved = 'Saved'
export const savedNow = (count: number) =>
  plural(count, {
    one: 'What you wrote before is saved now.',
    other: `What you wrote before is saved now: ${formatNumber(count)} entries.`,
  })
export const signInAgainInA = 'sign in again in a new tab'
export const somebodyElseChangedTheSame =
  'Somebody else changed the same. What you write is kept here, and saved once you have chosen.'
export const somebodyElseChangedThisToo = 'Somebody else changed this too'
export const somebodySavedThisWhileYou =
  'Somebody saved this while you were editing. For each field that you both changed, choose which version to keep.'
export const uploading = (name: string) => `Uploading ${name}…`
export const wordCount = (count: number) => plural(count, { one: '1 word', other: `${formatNumber(count)} words` })
export const worldloomCannotBeReachedKept = 'Worldloom cannot be reached. Kept in this browser until it can.'
export const writeMentionsAnEntryMakes = 'Write… @ mentions an entry, # makes a heading'
export const writing = 'Writing…'
export const youAreOfflineWhatYou =
  'You are offline. What you write is kept in this browser, and sent once you are back.'
export const youHaveBeenSignedOut = (a: JSX.Element): JSX.Element => [
  'You have been signed out. What you wrote is kept in this browser: ',
  a,
  ', then go on here.',
]
export const youWroteSomethingHereThat = 'You wrote something here that is not saved yet'
