export const dragToMoveOrPress = 'Drag to move, or press for more options'
export const moved = 'Moved.'
export const moveDown = 'Move down'
export const moveUp = 'Move up'
export const moveWhat = (label: string) => `Move ${label}`
export const thereIsNowhereToMove = 'There is nowhere to move it'
