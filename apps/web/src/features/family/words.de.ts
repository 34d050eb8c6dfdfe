import type * as english from './words.ts'

export const aboutTheDrawing: typeof english.aboutTheDrawing = (length) =>
  `${length} Personen. Die Liste zeigt dasselbe.`
export const children = 'Kinder'
export const familyTree = 'Stammbaum'
export const familyTreeOf: typeof english.familyTreeOf = (name) => `${name}: Stammbaum`
export const familyTreeTitle: typeof english.familyTreeTitle = (displayName) => `Stammbaum · ${displayName}`
export const linkPersonasOnTheirPages =
  'Verknüpfe Figuren auf ihren Seiten, zum Beispiel als „Mutter von“. Welche Verknüpfungsarten den Stammbaum ergeben, steht in den Einstellungen der Welt.'
export const mostShown: typeof english.mostShown = (length) =>
  `Es gibt mehr Personen: Die ${length} mit den meisten Verbindungen sind zu sehen.`
export const nobodyHasParentsYet = 'Noch hat niemand Eltern'
export const parents = 'Eltern'
