import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'
import type * as english from './words.ts'

export const activity = 'Änderungen'
export const aFileThatWasExported =
  'Eine Datei, die aus Worldloom exportiert wurde, ein Zip mit Markdown-Dateien wie aus einem Vault von Obsidian, oder eine Kampagne, die Kanka exportiert hat. Daraus wird eine eigene Welt, und sie gehört dir.'
export const allActivity = 'Alle Änderungen'
export const aNameIsEnoughTo =
  'Ein Name genügt für den Anfang. Figuren, Orte und Geschichten kommen nach und nach dazu.'
export const aNameIsEnoughToStart = 'Ein Name genügt für den Anfang. Welten sind von Haus aus privat.'
export const aNewWorld = 'Neue Welt'
export const aNoteForEachEntry =
  'Eine Notiz je Eintrag, mit seinen Feldern als Eigenschaften und seinen Erwähnungen als Links, dazu die Bilder: ein Vault für Obsidian und andere Programme. Er lässt sich hier wieder importieren. Was im Papierkorb ist, und Karten, sind nicht darin.'
export const asInTheFileIf = 'Wie in der Datei, wenn du keinen angibst. Von jedem Namen kannst du nur eine Welt haben.'
export const askAboutThisWorld = 'Zu dieser Welt fragen'
export const backToYourWorlds = 'Zurück zu deinen Welten'
export const breadcrumbs = 'Pfad'
export const byName = 'Nach Namen'
export const changedAt: typeof english.changedAt = (time) => ['geändert ', time]
export const continuity = 'Stimmigkeit'
export const contradictions: typeof english.contradictions = (count) =>
  plural(count, {
    one: 'Etwas in dieser Welt widerspricht sich.',
    other: `${formatNumber(count)} Widersprüche sind in dieser Welt.`,
  })
export const deletedAt: typeof english.deletedAt = (time) => ['gelöscht ', time]
export const deletedEntriesStayHereUntil = 'Gelöschte Einträge kommen zuerst hierher und lassen sich wiederherstellen.'
export const deleteNamed: typeof english.deleteNamed = (displayName) => `„${displayName}“ löschen?`
export const deleteThisWorld = 'Diese Welt löschen'
export const dropTheFileHereOr = 'Lege die Datei hier ab, oder wähle sie aus'
export const entriesAreBack: typeof english.entriesAreBack = (count) =>
  plural(count, { one: '1 Eintrag ist wieder da.', other: `${formatNumber(count)} Einträge sind wieder da.` })
export const exampleIsBeingMade = 'Das Beispiel wird angelegt …'
/** Written in English, in each language of the app. */
export const exampleName = 'The Iron Coast'
export const exportAsMarkdown = 'Als Markdown exportieren'
export const exportLabel = 'Export'
export const exportThisWorld = 'Diese Welt exportieren'
export const familyTree = 'Stammbaum'
export const importAWorld = 'Welt importieren'
export const importIt = 'Importieren'
export const invite = 'Einladen'
export const isBack: typeof english.isBack = (displayName) => `„${displayName}“ ist wieder da.`
export const isImported: typeof english.isImported = (name) => `„${name}“ ist angelegt.`
export const isInTheTrash: typeof english.isInTheTrash = (displayName) => `„${displayName}“ ist im Papierkorb.`
export const isThere: typeof english.isThere = (displayName) => `„${displayName}“ ist angelegt.`
export const itDoesNotExistWas = 'Es gibt sie nicht, sie wurde gelöscht, oder sie ist nicht mit dir geteilt.'
export const itEndsInWorldloomOr =
  'Sie endet auf .worldloom oder .zip. Aus Notizen werden Einträge der Art, die ihr Ordner nennt: characters, places, items, stories …'
export const lately = 'Zuletzt'
export const loading = 'Wird geladen'
export const lookAtThem: typeof english.lookAtThem = (count) => plural(count, { one: 'Ansehen', other: 'Ansehen' })
export const makeYourFirstWorld = 'Lege deine erste Welt an'
export const markdown = 'Markdown'
export const mentionedTimes: typeof english.mentionedTimes = (count) =>
  plural(count, { one: 'einmal erwähnt', other: `${formatNumber(count)}-mal erwähnt` })
export const moveToTrash = 'In den Papierkorb'
export const newest = 'Neueste'
export const newWorld = 'Neue Welt'
export const noSuchWorld = 'Diese Welt gibt es nicht'
export const nothingIsWritten: typeof english.nothingIsWritten = (button) => [
  'Über diese Welt ist noch nichts geschrieben. ',
  button,
]
export const nothingWrittenYet = 'Noch nichts geschrieben'
export const noWorldHas: typeof english.noWorldHas = (name) => ['Keine Welt hat „', name, '“ im Namen.']
export const noWorldInTrashHas: typeof english.noWorldInTrashHas = (name) => [
  'Keine Welt im Papierkorb hat „',
  name,
  '“ im Namen.',
]
export const noWorldsYet = 'Noch keine Welten'
export const onlyEditorsChangeTheSettings = 'Nur Mitschreibende ändern die Einstellungen'
export const onlyEditorsSeeTheTrash = 'Nur Mitschreibende sehen den Papierkorb'
export const order = 'Reihenfolge'
export const otherWorlds = 'Andere Welten'
export const pagesOf: typeof english.pagesOf = (displayName) => `Seiten von ${displayName}`
export const pin = 'Anheften'
export const pinned = 'Angeheftet'
export const recentlyUpdated = 'Zuletzt geändert'
export const restore = 'Wiederherstellen'
export const restoreThem = 'Wiederherstellen'
export const search = 'Suche'
export const searchByName = 'Nach Namen suchen'
export const selectedCount: typeof english.selectedCount = (size) => `${size} ausgewählt`
export const selectNamed: typeof english.selectNamed = (displayName) => `${displayName} auswählen`
export const settingsOf: typeof english.settingsOf = (displayName) => `Einstellungen · ${displayName}`
export const share = 'Teilen'
export const startWith = 'Anfangen'
export const stillToBeFilledIn = 'Noch zu füllen'
export const templateBlank = 'Mit nichts'
export const templateBlankHint = 'Eine leere Welt'
export const templateCampaign = 'Mit einer Kampagne'
export const templateCampaignHint = 'Eine Gegend, eine Stadt und ein Abenteuer zum Spielen'
export const templateExample = 'Mit einem Beispiel'
export const templateExampleHint = 'Die Iron Coast: eine ganze Welt auf Englisch, zum Umsehen und Ändern'
export const templateNovel = 'Mit einem Roman'
export const templateNovelHint = 'Drei Akte mit den Figuren und Orten, die sie brauchen'
export const theOwnerAndEditorsOf =
  'Die Leitung und die Mitschreibenden dieser Welt können sehen und wiederherstellen, was gelöscht wurde.'
export const theTrash = 'der Papierkorb'
export const theTrashIsEmpty = 'Der Papierkorb ist leer'
export const theWholeWorldAsOne =
  'Die ganze Welt als eine Datei: jeder Eintrag, auch was im Papierkorb ist, Schlagwörter, Verknüpfungen, Karten und Bilder. Importiere sie hier oder in einem anderen Worldloom.'
export const theWorldCouldNotBe = 'Die Welt konnte nicht geladen werden'
export const theWorldGoesIntoYour =
  'Die Welt kommt mit allem darin in deinen Papierkorb, für alle, die an ihr arbeiten. Von dort kannst du sie wiederherstellen.'
export const theWorlds = 'die Welten'
export const thisWorldIsSharedWith = 'Du darfst diese Welt lesen. Bitte die Leitung, dich mitschreiben zu lassen.'
export const timeline = 'Zeitleiste'
export const trash = 'Papierkorb'
export const trashOf: typeof english.trashOf = (displayName) => `Papierkorb · ${displayName}`
export const tryTheExample = 'Sieh dir ein Beispiel an'
export const typeItsNameToBe = 'Gib zur Sicherheit ihren Namen ein.'
export const unpin = 'Lösen'
export const withAlongMore: typeof english.withAlongMore = (along) => `, mit ${formatNumber(along)} weiteren`
export const wordsInScenes: typeof english.wordsInScenes = (count) =>
  plural(count, { one: '1 Wort in allen Szenen.', other: `${formatNumber(count)} Wörter in allen Szenen.` })
export const wordsOfTheStories = 'Wörter der Geschichten'
export const world = 'Welt'
export const worlds = 'Welten'
export const worldsThatSomebodySharesWith = 'Hier erscheinen Welten, die jemand mit dir teilt.'
export const worldsYouDeleteStayHere = 'Gelöschte Welten kommen zuerst hierher und lassen sich wiederherstellen.'
export const writeSomething = 'Schreib etwas'
export const youAreAnEditor = 'du schreibst mit'
export const youAreAViewer = 'du liest mit'
export const yourWorlds = 'Deine Welten'
export const goneForGoodIn = (days: number) =>
  plural(days, { one: 'endgültig weg innerhalb eines Tages', other: `endgültig weg in ${days} Tagen` })
export const proposals = 'Vorschläge'
export const proposalsWait: typeof english.proposalsWait = (count) =>
  plural(count, {
    one: 'Ein Vorschlag wartet auf eine Entscheidung.',
    other: `${formatNumber(count)} Vorschläge warten auf eine Entscheidung.`,
  })
