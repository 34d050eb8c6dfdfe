export const children = 'Children'
export const familyTree = 'Family tree'
export const familyTreeDisplayName = (displayName: string) => `Family tree · ${displayName}`
export const familyTreeOf = (name: string) => `${name}: family tree`
export const lengthPeopleTheListHas = (length: number) => `${length} people. The list has the same.`
export const linkPersonasOnTheirPages =
  'Link personas on their pages, for example as “mother of”. Which kinds of links make the tree is in the settings of the world.'
export const nobodyHasParentsYet = 'Nobody has parents yet'
export const parents = 'Parents'
export const thereAreMorePeopleThe = (length: number) =>
  `There are more people: the ${length} most connected are shown.`
