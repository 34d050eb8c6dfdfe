import type * as english from './words.ts'

export const changedSince: typeof english.changedSince = (who, fields) => `${who} hat geändert: ${fields}.`
export const doneAgain = 'Wiederholt.'
export const itsPlace = 'den Platz'
export const redo = 'Wiederholen'
export const theOperator = 'Der Betrieb'
export const undo = 'Rückgängig'
export const undone = 'Rückgängig gemacht.'
