import type * as english from './words.ts'

export const addOne: typeof english.addOne = (one) => `${one} hinzufügen`
export const cast = 'Besetzung'
export const choosePlace = 'Ort wählen'
export const nobodyYet = 'Noch niemand.'
export const nothingYet = 'Noch nichts.'
export const nowhereYet = 'Noch nirgends.'
export const place = 'Ort'
export const removeFromScene: typeof english.removeFromScene = (displayName) => `${displayName} aus der Szene nehmen`
export const things = 'Gegenstände'
