export const addAStory = 'Add a story'
export const inTheOrderInWhich = 'In the order in which the book has them.'
export const isNowAt = (displayName: string, value: number, length: number) =>
  `${displayName} is now ${value} of ${length}.`
export const noStoryIsInThis = 'No story is in this book yet.'
export const removeFromBook = (displayName: string) => `Remove ${displayName} from the book`
