import type { JSX } from 'solid-js'
import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'

export const activity = 'Activity'
export const aFileThatWasExported =
  'A file that was exported from Worldloom, a zip of Markdown files as of an Obsidian vault, or a campaign that Kanka exported. It becomes a world of its own, and is yours.'
export const allActivity = 'All activity'
export const aNameIsEnoughTo = 'A name is enough to start. Add people, places and stories as you go.'
export const aNameIsEnoughToStart = 'A name is enough to start. Worlds are private by default.'
export const aNewWorld = 'A new world'
export const aNoteForEachEntry =
  'A note for each entry, with its fields as properties and its mentions as links, and the images: a vault for Obsidian and other programs. It can be imported here again. What is in the trash, and maps, are not in it.'
export const asInTheFileIf = 'As in the file, if you give none. You can have only one world of a name.'
export const askAboutThisWorld = 'Ask about this world'
export const backToYourWorlds = 'Back to your worlds'
export const breadcrumbs = 'Breadcrumbs'
export const byName = 'By name'
export const changedAt = (time: JSX.Element): JSX.Element => ['changed ', time]
export const continuity = 'Continuity'
export const contradictions = (count: number) =>
  plural(count, {
    one: 'One thing in this world contradicts another.',
    other: `${formatNumber(count)} things in this world contradict others.`,
  })
export const deletedAt = (time: JSX.Element): JSX.Element => ['deleted ', time]
export const deletedEntriesStayHereUntil = 'Deleted entries go here first, and can be restored.'
export const deleteNamed = (displayName: string) => `Delete “${displayName}”?`
export const deleteThisWorld = 'Delete this world'
export const dropTheFileHereOr = 'Drop the file here, or choose it'
export const entriesAreBack = (count: number) =>
  plural(count, { one: '1 entry is back.', other: `${formatNumber(count)} entries are back.` })
export const exampleIsBeingMade = 'Making the example …'
/** Written in English, in each language of the app. */
export const exampleName = 'The Iron Coast'
export const exportAsMarkdown = 'Export as Markdown'
export const exportLabel = 'Export'
export const exportThisWorld = 'Export this world'
export const familyTree = 'Family tree'
export const importAWorld = 'Import a world'
export const importIt = 'Import'
export const invite = 'Invite'
export const isBack = (displayName: string) => `“${displayName}” is back.`
export const isImported = (name: string) => `“${name}” is there.`
export const isInTheTrash = (displayName: string) => `“${displayName}” is in the trash.`
export const isThere = (displayName: string) => `“${displayName}” is there.`
export const itDoesNotExistWas = 'It does not exist, was deleted, or is not shared with you.'
export const itEndsInWorldloomOr =
  'It ends in .worldloom or .zip. Notes become entries of the kind that their folder says: characters, places, items, stories …'
export const lately = 'Lately'
export const loading = 'Loading'
export const lookAtThem = (count: number) => plural(count, { one: 'Look at it', other: 'Look at them' })
export const makeYourFirstWorld = 'Make your first world'
export const markdown = 'Markdown'
export const mentionedTimes = (count: number) =>
  plural(count, { one: 'mentioned once', other: `mentioned ${formatNumber(count)} times` })
export const moveToTrash = 'Move to trash'
export const newest = 'Newest'
export const newWorld = 'New world'
export const noSuchWorld = 'No such world'
export const nothingIsWritten = (button: JSX.Element): JSX.Element => [
  'Nothing is written about this world yet. ',
  button,
]
export const nothingWrittenYet = 'Nothing written yet'
export const noWorldHas = (name: JSX.Element): JSX.Element => ['No world has “', name, '” in its name.']
export const noWorldInTrashHas = (name: JSX.Element): JSX.Element => [
  'No world in the trash has “',
  name,
  '” in its name.',
]
export const noWorldsYet = 'No worlds yet'
export const onlyEditorsChangeTheSettings = 'Only editors change the settings'
export const onlyEditorsSeeTheTrash = 'Only editors see the trash'
export const order = 'Order'
export const otherWorlds = 'Other worlds'
export const pagesOf = (displayName: string) => `Pages of ${displayName}`
export const pin = 'Pin'
export const pinned = 'Pinned'
export const recentlyUpdated = 'Recently updated'
export const restore = 'Restore'
export const restoreThem = 'Restore them'
export const search = 'Search'
export const searchByName = 'Search by name'
export const selectedCount = (size: string) => `${size} selected`
export const selectNamed = (displayName: string) => `Select ${displayName}`
export const settingsOf = (displayName: string) => `Settings · ${displayName}`
export const share = 'Share'
export const startWith = 'Start with'
export const stillToBeFilledIn = 'Still to be filled in'
export const templateBlank = 'Nothing'
export const templateBlankHint = 'An empty world'
export const templateCampaign = 'A campaign'
export const templateCampaignHint = 'A region, a town and an adventure to play'
export const templateExample = 'An example'
export const templateExampleHint = 'The Iron Coast: a whole world to look around in and change'
export const templateNovel = 'A novel'
export const templateNovelHint = 'Three acts, and the people and places that they need'
export const theOwnerAndEditorsOf = 'The owner and editors of this world can see and restore what was deleted.'
export const theTrash = 'The trash'
export const theTrashIsEmpty = 'The trash is empty'
export const theWholeWorldAsOne =
  'The whole world as one file: every entry and what is in the trash, tags, links, maps and images. Import it again here or in any Worldloom.'
export const theWorldCouldNotBe = 'The world could not be loaded'
export const theWorldGoesIntoYour =
  'The world goes into your trash with everything in it, for all who work on it. You can restore it from there.'
export const theWorlds = 'The worlds'
export const thisWorldIsSharedWith = 'This world is shared with you to read. Ask its owner to make you an editor.'
export const timeline = 'Timeline'
export const trash = 'Trash'
export const trashOf = (displayName: string) => `Trash · ${displayName}`
export const tryTheExample = 'Look around an example'
export const typeItsNameToBe = 'Type its name to be sure.'
export const unpin = 'Unpin'
export const withAlongMore = (along: number) => `, with ${formatNumber(along)} more`
export const wordsInScenes = (count: number) =>
  plural(count, { one: '1 word in all scenes.', other: `${formatNumber(count)} words in all scenes.` })
export const wordsOfTheStories = 'Words of the stories'
export const world = 'world'
export const worlds = 'Worlds'
export const worldsThatSomebodySharesWith = 'Worlds that somebody shares with you appear here.'
export const worldsYouDeleteStayHere = 'Worlds you delete go here first, and can be restored.'
export const writeSomething = 'Write something'
export const youAreAnEditor = 'you are an editor'
export const youAreAViewer = 'you are a viewer'
export const yourWorlds = 'Your worlds'
export const goneForGoodIn = (days: number) =>
  plural(days, { one: 'gone for good within a day', other: `gone for good in ${days} days` })
export const proposals = 'Proposals'
export const proposalsWait = (count: number) =>
  plural(count, {
    one: 'A proposal waits for a decision.',
    other: `${formatNumber(count)} proposals wait for a decision.`,
  })
