export const changedSince = (who: string, fields: string) => `${who} changed ${fields}.`
export const doneAgain = 'Redone.'
export const itsPlace = 'its place'
export const redo = 'Redo'
export const theOperator = 'The operator'
export const undo = 'Undo'
export const undone = 'Undone.'
