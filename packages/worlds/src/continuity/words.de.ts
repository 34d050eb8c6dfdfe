import type * as english from './words.ts'

export const actOutOfOrder: typeof english.actOutOfOrder = (act, before) =>
  `Der Akt „${act}“ kommt nach „${before}“, aber alles darin geschieht davor.`
export const afterDeath: typeof english.afterDeath = (who, scene, date, died) =>
  `${who} gehört zur Besetzung von „${scene}“ (${date}), starb aber vorher: ${died}.`
export const beforeBirth: typeof english.beforeBirth = (who, scene, date, born) =>
  `${who} gehört zur Besetzung von „${scene}“ (${date}), wurde aber später geboren: ${born}.`
export const childOlder: typeof english.childOlder = (child, born, parent, parentBorn) =>
  `${child} (geboren ${born}) ist älter als ein Elternteil: ${parent} (geboren ${parentBorn}).`
export const diedBeforeBirth: typeof english.diedBeforeBirth = (who, died, born) =>
  `${who} starb (${died}) vor der Geburt: ${born}.`
export const from: typeof english.from = (date) => `ab ${date}`
export const lostBeforeMade: typeof english.lostBeforeMade = (thing, lost, made) =>
  `${thing} ging verloren (${lost}), bevor es gemacht wurde: ${made}.`
export const mentionOfTrash: typeof english.mentionOfTrash = (entry, mentioned) =>
  `„${entry}“ erwähnt „${mentioned}“ aus dem Papierkorb.`
export const placeIn: typeof english.placeIn = (place, around) => `${place} in ${around}`
export const placeToCome: typeof english.placeToCome = (scene, date, place, founded) =>
  `„${scene}“ (${date}) spielt in ${place}, gegründet aber erst später: ${founded}.`
export const ruinedBeforeFounded: typeof english.ruinedBeforeFounded = (place, ruined, founded) =>
  `${place} war in Trümmern (${ruined}), bevor es gegründet wurde: ${founded}.`
export const ruinedPlace: typeof english.ruinedPlace = (scene, date, place, ruined) =>
  `„${scene}“ (${date}) spielt in ${place}, das da schon in Trümmern liegt: ${ruined}.`
export const thingLost: typeof english.thingLost = (thing, scene, date, lost) =>
  `${thing} kommt in „${scene}“ (${date}) vor, ging aber vorher verloren: ${lost}.`
export const thingToCome: typeof english.thingToCome = (thing, scene, date, made) =>
  `${thing} kommt in „${scene}“ (${date}) vor, wurde aber erst später gemacht: ${made}.`
export const twoOwners: typeof english.twoOwners = (thing, one, other) =>
  `${thing} gehört zwei zugleich: ${one} und ${other}.`
export const twoPlaces: typeof english.twoPlaces = (who, one, other) =>
  `${who} ist an zwei Orten zugleich: in ${one.place} in „${one.scene}“ (${one.date}) und in ${other.place} in „${other.scene}“ (${other.date}).`
export const until: typeof english.until = (date) => `bis ${date}`
