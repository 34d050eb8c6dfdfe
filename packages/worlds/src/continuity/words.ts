/** A persona in a scene, where and when. */
interface Presence {
  readonly place: string
  readonly scene: string
  readonly date: string
}

export const actOutOfOrder = (act: string, before: string) =>
  `The act “${act}” comes after “${before}”, but all of it happens before.`
export const afterDeath = (who: string, scene: string, date: string, died: string) =>
  `${who} is in the cast of “${scene}” (${date}), but died before: ${died}.`
export const beforeBirth = (who: string, scene: string, date: string, born: string) =>
  `${who} is in the cast of “${scene}” (${date}), but was born later: ${born}.`
export const childOlder = (child: string, born: string, parent: string, parentBorn: string) =>
  `${child} (born ${born}) is older than a parent: ${parent} (born ${parentBorn}).`
export const diedBeforeBirth = (who: string, died: string, born: string) =>
  `${who} died (${died}) before being born: ${born}.`
export const from = (date: string) => `from ${date}`
export const lostBeforeMade = (thing: string, lost: string, made: string) =>
  `${thing} was lost (${lost}) before it was made: ${made}.`
export const mentionOfTrash = (entry: string, mentioned: string) =>
  `“${entry}” mentions “${mentioned}”, which is in the trash.`
export const placeIn = (place: string, around: string) => `${place} in ${around}`
export const placeToCome = (scene: string, date: string, place: string, founded: string) =>
  `“${scene}” (${date}) takes place in ${place}, which is founded only later: ${founded}.`
export const ruinedBeforeFounded = (place: string, ruined: string, founded: string) =>
  `${place} was in ruins (${ruined}) before it was founded: ${founded}.`
export const ruinedPlace = (scene: string, date: string, place: string, ruined: string) =>
  `“${scene}” (${date}) takes place in ${place}, which is in ruins by then: ${ruined}.`
export const thingLost = (thing: string, scene: string, date: string, lost: string) =>
  `${thing} is in “${scene}” (${date}), but was lost before: ${lost}.`
export const thingToCome = (thing: string, scene: string, date: string, made: string) =>
  `${thing} is in “${scene}” (${date}), but was made only later: ${made}.`
export const twoOwners = (thing: string, one: string, other: string) =>
  `${thing} has two owners at once: ${one} and ${other}.`
export const twoPlaces = (who: string, one: Presence, other: Presence) =>
  `${who} is in two places at one time: at ${one.place} in “${one.scene}” (${one.date}) and at ${other.place} in “${other.scene}” (${other.date}).`
export const until = (date: string) => `until ${date}`
