export const back = 'Back'
export const boardText =
  'Each column is an act, each card a scene with its place, cast and date. Drag scenes, or move them with Alt and the arrow keys. The outline, the corkboard and the whole text show the same story.'
export const boardTitle = 'A story on its board'
export const end = 'End the tour'
export const entryText =
  'Press Edit, or the text itself: the page is the editor, and saves as you write. Type @ to mention another entry. Links, mentions and the history are below and beside it.'
export const entryTitle = 'Writing happens on the page'
export const graphText =
  'Who knows whom, what happens where: drag it, zoom in, and press an entry to see what it is connected with.'
export const graphTitle = 'How it all hangs together'
export const leave = 'Leave the tour'
export const listText =
  'Any kind can be a list, a table or cards, sorted, filtered and grouped by any field. Views keep what you have chosen.'
export const listTitle = 'Lists, as you need them'
export const mapsText =
  'Any image can be a map. Its pins and areas lead to entries, and to other maps. Set a scale, and measure distances.'
export const mapsTitle = 'Maps'
export const next = 'Next'
export const notNow = 'Not now'
export const offer = 'New here? See in two minutes what you can do with a world. You can leave at any time.'
export const overviewText =
  'What there is of each kind, what is still to be filled in, and what changed lately. The pages of the world are in the menu at the side; on a phone, behind the button at the top.'
export const overviewTitle = 'A world at a glance'
export const paletteText =
  'Press Ctrl K, or Cmd K on a Mac: go to anything, even with a typo, create anything, run any action. The question mark lists all shortcuts. The tour is there too.'
export const paletteTitle = 'Everything from the keyboard'
export const stepOf = (step: number, count: number) => `Step ${step} of ${count}`
export const takeTheTour = 'Take the tour'
export const timelineText =
  'Scenes, births, foundings and losses in the calendar of the world, from ages down to hours. Drag a scene to another date.'
export const timelineTitle = 'When it happens'
export const tour = 'Tour'
