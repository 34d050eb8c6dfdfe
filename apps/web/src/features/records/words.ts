import type { JSX } from 'solid-js'
import { listed } from '../../lib/list.ts'
import { plural } from '../../lib/plural.ts'

export const areEditing = (names: readonly string[], label: string) =>
  `${listed(names)} ${plural(names.length, { one: 'is', other: 'are' })} editing ${label}.`
export const backToEditing = 'Back to editing'
export const body = 'Body'
export const bothSayTheSameSave = 'Both say the same: save to take the latest version.'
export const createWhat = (noun: string) => `Create ${noun}`
export const edit = 'Edit'
export const empty = 'empty'
export const entries = 'entries'
export const markdownHeadingsBoldListsMentions = 'Markdown: # headings, **bold**, - lists; @ mentions an entry'
export const noneOf = (label: string) => `${label}: none`
export const saveThisVersion = 'Save this version'
export const searchFor = (what: string) => `Search ${what}`
export const showAllOf = (label: string) => `${label}: show all`
export const shownInsteadOfTheName = 'Shown instead of the name'
export const signInAgainInA = 'sign in again in a new tab'

export const theirsSaved = (when: string) => `Theirs, saved ${when}`
export const youHaveBeenSignedOut = (a: JSX.Element): JSX.Element => [
  'You have been signed out. What you typed is kept: ',
  a,
  ', then come back and save.',
]
export const yours = 'Yours'
