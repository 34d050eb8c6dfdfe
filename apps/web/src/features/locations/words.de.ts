export const locationPath = 'Lage des Ortes'
