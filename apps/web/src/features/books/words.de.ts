import type * as english from './words.ts'

export const addAStory = 'Geschichte hinzufügen'
export const displayNameIsNowValue: typeof english.displayNameIsNowValue = (displayName, value, length) =>
  `${displayName} ist jetzt ${value} von ${length}.`
export const inTheOrderInWhich = 'In der Reihenfolge, die sie im Buch haben.'
export const noStoryIsInThis = 'In diesem Buch ist noch keine Geschichte.'
export const removeDisplayNameFromThe: typeof english.removeDisplayNameFromThe = (displayName) =>
  `${displayName} aus dem Buch nehmen`
