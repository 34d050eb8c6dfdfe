export const aboutTheDrawing = (length: number) => `${length} people. The list has the same.`
export const children = 'Children'
export const familyTree = 'Family tree'
export const familyTreeOf = (name: string) => `${name}: family tree`
export const familyTreeTitle = (displayName: string) => `Family tree · ${displayName}`
export const linkPersonasOnTheirPages =
  'Link personas on their pages, for example as “mother of”. Which kinds of links make the tree is in the settings of the world.'
export const mostShown = (length: number) => `There are more people: the ${length} most connected are shown.`
export const nobodyHasParentsYet = 'Nobody has parents yet'
export const parents = 'Parents'
