import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'

export const addActsAndScenesIn = 'Add acts and scenes in its outline; their texts are read and written here.'
export const addAnAct = 'Add an act'
export const addOne = (one: string) => `Add ${one}`
export const addSceneTo = (displayName: string) => `Add a scene to ${displayName}`
export const addTheFirstAct = 'Add the first act'
export const areNowFrom = (count: string, place: string) => `${count} are now from ${place}`
export const aStory = 'A story'
export const board = 'Board'
export const castOf = (name: string) => `Cast of ${name}`
export const corkboard = 'Corkboard'
export const dragScenesOrPressAlt =
  'Drag scenes, or press Alt with an arrow key. Space or Ctrl-click selects several, which move together.'
export const isInIt = 'is in it'
export const isNow = (displayName: string, place: string) => `${displayName} is now ${place}`
export const isNowAt = (name: string, value: number, length: number) => `${name} is now ${value} of ${length}.`
export const isThere = (sent: string) => `“${sent}” is there.`
export const moveDown = 'Move down'
export const moveToTheLeft = 'Move to the left'
export const moveToTheRight = 'Move to the right'
export const moveUp = 'Move up'
export const nobodyIsInAScene = 'Nobody is in a scene yet'
export const noScenesYet = 'No scenes yet.'
export const nothingIsWrittenHereYet = 'Nothing is written here yet.'
export const openASceneAndAdd = 'Open a scene and add personas to its cast.'
export const outline = 'Outline'
export const persona = 'Persona'
export const placeIn = (value: number, length: number, displayName: string) =>
  `${value} of ${length} in ${displayName}.`
export const print = 'Print'
export const readItThrough = 'Read it through'
export const scenes = 'Scenes'
export const selected = ' (selected)'
export const selectedTogether = (count: string) => `${count} selected: they move together.`
export const selectNone = 'Select none'
export const theStory = 'The story'
export const theStoryDidNotArrive = 'The story did not arrive'
export const thisStoryHasNoActs = 'This story has no acts yet'
export const thisStoryHasNoActsYet = 'This story has no acts yet.'
export const toTheEndOf = (displayName: string) => `To the end of “${displayName}”`
export const toTheStories = 'To the stories'
export const viewsOfTheStory = 'Views of the story'
export const when = 'When'
export const where = 'Where'
export const who = 'Who'
export const whoIsInWhichScene = 'Who is in which scene'
export const wordCount = (count: number) => plural(count, { one: '1 word', other: `${formatNumber(count)} words` })
export const write = 'Write'
export const writeNamed = (displayName: string) => `Write ${displayName}`
export const writePlaceholder = 'Write…'
