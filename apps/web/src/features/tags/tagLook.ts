import type { TagColor } from '@worldloom/schema'
import * as words from './words.ts'

/** The dot of each color. The words beside it say what it is. */
export const tagDots: Readonly<Record<TagColor, string>> = {
  gray: 'bg-[#8a8a8a]',
  red: 'bg-[#d0453b]',
  orange: 'bg-[#d97a1f]',
  yellow: 'bg-[#c9a100]',
  green: 'bg-[#3f9142]',
  teal: 'bg-[#1f8f8a]',
  blue: 'bg-[#3a72c9]',
  violet: 'bg-[#7a55c7]',
  pink: 'bg-[#c74a8b]',
}

export const tagColorNames: Readonly<Record<TagColor, string>> = {
  gray: words.gray,
  red: words.red,
  orange: words.orange,
  yellow: words.yellow,
  green: words.green,
  teal: words.teal,
  blue: words.blue,
  violet: words.violet,
  pink: words.pink,
}

/** The same colors where a drawing needs them. */
export const tagFills: Readonly<Record<TagColor, string>> = {
  gray: '#8a8a8a',
  red: '#d0453b',
  orange: '#d97a1f',
  yellow: '#c9a100',
  green: '#3f9142',
  teal: '#1f8f8a',
  blue: '#3a72c9',
  violet: '#7a55c7',
  pink: '#c74a8b',
}
