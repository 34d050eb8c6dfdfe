import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'
import type * as english from './words.ts'

export const aboutTheDrawing: typeof english.aboutTheDrawing = (entries, connections) =>
  `${formatNumber(entries)} Einträge und ${formatNumber(connections)} Verbindungen zwischen ihnen. Die Liste zeigt dasselbe.`
export const allTags = 'Alle Schlagwörter'
export const andMore: typeof english.andMore = (value) => `und ${value} weitere`
export const anything = 'Allem'
export const around = 'Rund um'
export const connectedBy = 'Verbunden durch'
export const connectionsOf: typeof english.connectionsOf = (name) => `${name}: Verbindungen`
export const connectionsTitle: typeof english.connectionsTitle = (displayName) => `Verbindungen · ${displayName}`
export const deselect: typeof english.deselect = (displayName) => `${displayName} abwählen`
export const endThePath = 'Weg beenden'
export const fromToWhere: typeof english.fromToWhere = (bdi) => [
  'Von ',
  bdi,
  ' wohin? Drücke auf einen anderen Eintrag.',
]
export const isInTheMiddle: typeof english.isInTheMiddle = (displayName) => `„${displayName}“ ist in der Mitte`
export const isMentionedIn = 'wird erwähnt in'
export const kindsThatAreShown = 'Gezeigte Arten'
export const linkEntriesOnTheirPages =
  'Verknüpfe Einträge auf ihren Seiten, erwähne sie in Texten mit @, und gib Szenen Figuren und Gegenstände.'
export const mentions = 'Erwähnungen'
export const mentionsIt = 'erwähnt'
export const mostShown: typeof english.mostShown = (shown) =>
  `Es gibt mehr: Die ${shown} mit den meisten Verbindungen sind zu sehen.`
export const noPath: typeof english.noPath = (bdi, bdi2) => ['Nichts Gezeigtes führt von ', bdi, ' zu ', bdi2, '.']
export const nothingFits = 'Nichts passt'
export const nothingIsConnectedYet = 'Noch ist nichts verbunden'
export const onlyAroundThis = 'Nur rund um diesen'
export const pathFromHere = 'Weg von hier'
export const pressAnEntryToSee =
  'Drücke auf einen Eintrag, um zu sehen, womit er verbunden ist. Ziehe ihn oder das Bild; vergrößere mit dem Rad oder zwei Fingern.'
export const showUpTo: typeof english.showUpTo = (maxShown) => `Bis zu ${maxShown} anzeigen`
export const stepCount: typeof english.stepCount = (count) =>
  plural(count, { one: '1 Schritt', other: `${formatNumber(count)} Schritte` })
export const steps = 'Schritte'
export const storiesScenesPlacesAndOwners = 'Geschichten, Szenen, Orte und Besitz'
export const whatIsSelected = 'Auswahl'
