import type { JSX } from 'solid-js'
import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'

export const anyNumberOfBrowsers = 'Any number of browsers'
export const aStoryComesWithIts =
  'A story comes with its acts and scenes, a book with its stories, a location with those in it.'
export const createLink = 'Create link'
export const entry = 'Entry'
export const everyoneAlsoWithoutAnAccount = 'Everyone, also without an account; it is listed among the worlds to read'
export const everyoneWhoHasItsAddress = 'Everyone who has its address, also without an account'
export const expired = (expiresAt: string) => `expired ${expiresAt}`
export const expires = (expiresAt: string) => `expires ${expiresAt}`
export const howManyBrowsers = 'How many browsers'
export const inADay = 'In a day'
export const inAWeek = 'In a week'
export const inAYear = 'In a year'
export const itCanBeOpenedIn = 'It can be opened in'
export const itsAddressForReaders = 'Its address for readers'
export const never = 'Never'
export const neverExpires = 'never expires'
export const newShareLink = 'New share link'
export const nobodyCanReadWithThat = 'Nobody can read with that link any more.'
export const oneEntryWithWhatIs = 'One entry, with what is in it'
export const onlySoManyBrowsers = 'Only so many browsers'
export const onlyTheOwnerOfThis = 'Only the owner of this world decides who can read it.'
export const onlyYouSeeThisTest = 'Only you see this: “Test readers”'
export const onlyYouThoseYouInvite = 'Only you, those you invite, and whoever has a share link'
export const openedIn = (count: number) =>
  plural(count, { one: 'Opened in one browser', other: `Opened in ${formatNumber(count)} browsers` })
export const privateIt = 'Private'
export const publicIt = 'Public'
export const revoked = (revokedAt: string) => `revoked ${revokedAt}`
export const revokeWhich = (span: JSX.Element): JSX.Element => ['Revoke', span]
export const seeItAsReadersDo = 'See it as readers do'
export const sendItToWhoeverMay =
  'Send it to whoever may read. It is shown only once, and can be revoked in the world’s settings.'
export const shareLink = 'Share link'
export const shareLinks = 'Share links'
export const shareNamed = (displayName: string) => `Share “${displayName}”`
export const sharing = 'Sharing'
export const showsNothingAsItIs = 'shows nothing, as it is in the trash'
export const theLinkExpires = 'The link expires'
export const thereAreNoShareLinks = 'There are no share links.'
export const theShareLink = 'The share link'
export const theShareLinks = 'The share links'
export const theWholeWorld = 'The whole world'
export const unlisted = 'Unlisted'
export const unnamedLink = 'the share link'
export const usesOf = (end: string, used: number, most: number) => `${end} · ${used} of ${most} used`
export const whatItIsFor = 'What it is for'
export const whatItShows = 'What it shows'
export const whoCanReadThisWorld =
  'Who can read this world. Invite people, give them roles or hand the world over to one of them under Members.'
export const whoeverHasOneCanRead = 'Whoever has one can read without an account, until it expires or you revoke it.'
export const whoeverHasTheLinkCan = 'Whoever has the link can read, without an account.'
