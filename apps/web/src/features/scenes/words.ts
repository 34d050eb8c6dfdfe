import { withArticle } from '../../lib/article.ts'

export const addOne = (one: string) => `Add ${withArticle(one)}`
export const cast = 'Cast'
export const choosePlace = 'Choose a place'
export const nobodyYet = 'Nobody yet.'
export const nothingYet = 'Nothing yet.'
export const nowhereYet = 'Nowhere yet.'
export const place = 'Place'
export const removeFromScene = (displayName: string) => `Remove ${displayName} from the scene`
export const things = 'Things'
