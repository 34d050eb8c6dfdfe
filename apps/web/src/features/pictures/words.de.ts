import type * as english from './words.ts'

export const aboutThePlot: typeof english.aboutThePlot = (title, from, to) =>
  `${title} nach Tagen, von ${from} bis ${to}. Die Tabelle zeigt dasselbe.`
export const asATable = 'Als Tabelle'
export const day = 'Tag'
export const nothing = 'nichts'
export const nothingInTheseDays = 'In diesen Tagen nichts.'
export const others = 'Andere'
export const saveAs: typeof english.saveAs = (type) => `Als ${type} speichern`
