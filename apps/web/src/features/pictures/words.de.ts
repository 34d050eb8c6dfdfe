import type * as english from './words.ts'

export const asATable = 'Als Tabelle'
export const day = 'Tag'
export const nothing = 'nichts'
export const nothingInTheseDays = 'In diesen Tagen nichts.'
export const others = 'Andere'
export const saveAsType: typeof english.saveAsType = (type) => `Als ${type} speichern`
export const titleByDayFromFormat: typeof english.titleByDayFromFormat = (title, from, to) =>
  `${title} nach Tagen, von ${from} bis ${to}. Die Tabelle zeigt dasselbe.`
