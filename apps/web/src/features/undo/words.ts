export const changedSince = (who: string, fields: string) => `${who} changed ${fields}.`
export const doneAgain = 'Done again.'
export const itsPlace = 'its place'
export const redo = 'Redo'
export const theOperator = 'The operator'
export const undo = 'Undo'
export const undone = 'Undone.'
