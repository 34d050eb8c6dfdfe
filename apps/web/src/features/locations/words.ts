export const locationPath = 'Location path'
