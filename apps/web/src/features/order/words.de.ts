import type * as english from './words.ts'

export const dragToMoveOrPress = 'Ziehen zum Verschieben, Drücken für weitere Möglichkeiten'
export const moved = 'Verschoben.'
export const moveDown = 'Nach unten'
export const moveUp = 'Nach oben'
export const moveWhat: typeof english.moveWhat = (label) => `${label} verschieben`
export const thereIsNowhereToMove = 'Verschieben ist nirgendwohin möglich'
