import type * as english from './words.ts'

export const addAStory = 'Geschichte hinzufügen'
export const inTheOrderInWhich = 'In der Reihenfolge, die sie im Buch haben.'
export const isNowAt: typeof english.isNowAt = (displayName, value, length) =>
  `${displayName} ist jetzt ${value} von ${length}.`
export const noStoryIsInThis = 'In diesem Buch ist noch keine Geschichte.'
export const removeFromBook: typeof english.removeFromBook = (displayName) => `${displayName} aus dem Buch nehmen`
