import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'
import type * as english from './words.ts'

export const aDashMeansThatOnly =
  'Ein Strich heißt, dass nur einige der Einträge das Schlagwort haben; es bleibt so, solange du ihn nicht drückst.'
export const addCondition = 'Bedingung hinzufügen'
export const addTo: typeof english.addTo = (label) => `${label}: hinzufügen`
export const allOfKind: typeof english.allOfKind = (many) => `Alle ${many}`
export const areInTheTrash: typeof english.areInTheTrash = (counted, count, along) =>
  `${counted} ${plural(count, { one: 'ist', other: 'sind' })} im Papierkorb${along > 0 ? `, mit ${formatNumber(along)} weiteren darin` : ''}.`
export const ascending = 'Aufsteigend'
export const ascendingChangeToDescending = 'Aufsteigend. Zu absteigend wechseln'
export const cards = 'Karten'
export const changed = '  · geändert'
export const chosen = 'gewählt'
export const columns = 'Spalten'
export const conditions = 'Bedingungen'
export const contains = 'enthält'
export const created = 'Angelegt'
export const deleteCounted: typeof english.deleteCounted = (count) => `${count} löschen?`
export const deleteNamed: typeof english.deleteNamed = (name) => `„${name}“ löschen …`
export const deleteTheView: typeof english.deleteTheView = (name) => `Die Ansicht „${name}“ löschen?`
export const deleteView = 'Ansicht löschen'
export const descending = 'Absteigend'
export const descendingChangeToAscending = 'Absteigend. Zu aufsteigend wechseln'
export const entriesStay = 'Die Einträge bleiben, wie sie sind.'
export const entriesStayNobodyHas = 'Die Einträge bleiben, wie sie sind. Niemand hat diese Ansicht danach noch.'
export const equals = 'ist'
export const dragToMakeWider = 'Ziehen ändert die Breite der Spalte; ein Doppelklick setzt alle zurück'
export const field = 'Feld'
export const filter = 'Filter'
export const groupBy: typeof english.groupBy = (label) => `Gruppe: ${label}`
export const groups = 'Gruppen'
export const hasAllOf = 'hat alle von'
export const howItIsCompared = 'Wie verglichen wird'
export const isAnyOf = 'ist eines von'
export const isEmpty = 'ist leer'
export const isFilledIn = 'ist ausgefüllt'
export const isFrom = 'ist ab'
export const isNoneOf = 'ist keines von'
export const isUntil = 'ist bis'
export const layout = 'Darstellung'
export const move = 'Verschieben'
export const moveCounted: typeof english.moveCounted = (count) => `${count} verschieben`
export const moved: typeof english.moved = (count) => `${count} verschoben.`
export const moveHint: typeof english.moveHint = (where) =>
  `Sie kommen ans Ende (${where}), in der Reihenfolge dieser Liste.`
export const moveToTheLeft: typeof english.moveToTheLeft = (label) => `${label} nach links verschieben`
export const moveToTheRight: typeof english.moveToTheRight = (label) => `${label} nach rechts verschieben`
export const moveToTrash = 'In den Papierkorb'
export const no = 'Nein'
export const noGroups = 'Keine Gruppen'
export const noneFits: typeof english.noneFits = (_one) =>
  'Kein Eintrag dieser Art in dieser Welt passt zu deiner Suche.'
export const noneOf: typeof english.noneOf = (label) => `${label ?? 'Wert'}: keine Angabe`
export const nothingChosenTheyAreThen = 'Nichts gewählt: Sie sind dann in keinem anderen.'
export const nothingIsFilteredAddA = 'Nichts ist gefiltert. Füge eine Bedingung hinzu, um nur manche Einträge zu sehen.'
export const notSo: typeof english.notSo = (label) => `Nicht: ${label}`
export const onlyTheFirst: typeof english.onlyTheFirst = (most) =>
  `Die ersten ${most} sind ausgewählt: Mehr lassen sich nicht auf einmal ändern.`
export const placeholder = 'Platzhalter'
export const removeAll = 'Alle entfernen'
export const removeConditionOn: typeof english.removeConditionOn = (label) => `Bedingung für ${label} entfernen`
export const removeThisValue = 'Diesen Wert entfernen'
export const renameOrShareNamed: typeof english.renameOrShareNamed = (name) => `„${name}“ umbenennen oder teilen …`
export const renameOrShareTheView = 'Ansicht umbenennen oder teilen'
export const saveAsANewView = 'Als neue Ansicht speichern …'
export const saveAsAView = 'Als Ansicht speichern'
export const saveChangesTo: typeof english.saveChangesTo = (name) => `Änderungen an „${name}“ speichern`
export const searchByName = 'Nach Namen suchen'
export const selectAllOf: typeof english.selectAllOf = (total) => `Alle ${total} auswählen`
export const selected = 'Ausgewählt'
export const selectedCount: typeof english.selectedCount = (count) => `${count} ausgewählt`
export const selectNamed: typeof english.selectNamed = (displayName) => `${displayName} auswählen`
export const selectNone = 'Auswahl aufheben'
export const selectTheFirst: typeof english.selectTheFirst = (most) => `Die ersten ${most} auswählen`
export const shared = '  · geteilt'
export const shareWithEverybody: typeof english.shareWithEverybody = (span) => ['Mit allen in dieser Welt teilen', span]
export const sort = 'Sortierung'
export const sortBy: typeof english.sortBy = (label) => `Sortierung: ${label}`
export const tableOf: typeof english.tableOf = (many) => `Tabelle: ${many}`
export const tagged: typeof english.tagged = (count) => `${count} verschlagwortet.`
export const tagsOfThisWorld = 'Schlagwörter dieser Welt'
export const theEntries: typeof english.theEntries = (many) => many
export const theyCanUseItYou = 'Alle können sie benutzen; ändern können sie du und die Leitung der Welt.'
export const thisWorldHasNoTags = 'Diese Welt hat noch keine Schlagwörter.'
export const updated = 'Geändert'
export const valueOfField: typeof english.valueOfField = (label) => `Wert von ${label}`
export const viewHint: typeof english.viewHint = (many) => `Wie du ${many} jetzt ansiehst, um darauf zurückzukommen.`
export const viewIsChanged: typeof english.viewIsChanged = (name) => `„${name}“ zeigt jetzt dies.`
export const views = 'Ansichten'
export const whatIsInThemGoes = 'Was darin ist, kommt mit in den Papierkorb. Alles lässt sich von dort zurückholen.'
export const widthOf = (label: string) => `Breite von ${label}`
export const yes = 'Ja'
