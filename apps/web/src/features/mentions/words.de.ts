import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'
import type * as english from './words.ts'

export const createNamed: typeof english.createNamed = (one, name) => `${one} „${name}“ anlegen`
export const entriesToMention = 'Einträge zum Erwähnen'
export const findNamesInTheseTexts = 'Namen in diesen Texten finden'
export const makeMentions: typeof english.makeMentions = (count) =>
  plural(count, { one: '1 Erwähnung setzen', other: `${formatNumber(count)} Erwähnungen setzen` })
export const mentionedIn = 'Erwähnt in'
export const namesAreMentionsNow: typeof english.namesAreMentionsNow = (count) =>
  plural(count, {
    one: '1 Name ist jetzt eine Erwähnung.',
    other: `${formatNumber(count)} Namen sind jetzt Erwähnungen.`,
  })
export const namesInTheseTexts = 'Namen in diesen Texten'
export const namesOfEntriesThatAre =
  'Namen von Einträgen, die noch keine Erwähnungen sind. Die du wählst, werden Links zu den Einträgen.'
export const noTextMentionsThisYet = 'Noch erwähnt ihn kein Text.'
export const suggestionCount: typeof english.suggestionCount = (count) =>
  plural(count, { one: '1 Vorschlag', other: `${formatNumber(count)} Vorschläge` })
export const thereAreMoreDoThese = 'Es gibt weitere. Erledige zuerst diese.'
export const thereAreNoNamesOf = 'In diesen Texten stehen außer den Erwähnungen keine Namen anderer Einträge.'
export const theWorld = 'Die Welt'
export const toBeFilledInLater = 'später zu füllen'
