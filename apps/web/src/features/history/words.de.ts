import type * as english from './words.ts'

export const activity = 'Änderungen'
export const activityOf: typeof english.activityOf = (displayName) => `Änderungen · ${displayName}`
export const added = ' hinzugefügt: '
export const after = ' danach: '
export const anybody = 'Alle'
export const before = ' davor: '
export const beginning = 'Beginn'
export const calendar = 'Kalender'
export const cast = 'Besetzung'
export const closeTheHistory = 'Verlauf schließen'
export const cover = 'Titelbild'
export const didChange: typeof english.didChange = (what) => ['hat geändert: ', what]
export const didChangeRole: typeof english.didChangeRole = (who) => ['hat die Rolle geändert von ', who]
export const didCreate: typeof english.didCreate = (what) => ['hat angelegt: ', what]
export const didDelete: typeof english.didDelete = (what) => ['hat gelöscht: ', what]
export const didImport: typeof english.didImport = (what) => ['hat importiert: ', what]
export const didJoin: typeof english.didJoin = (who) => ['ist beigetreten: ', who]
export const didLink: typeof english.didLink = (what) => ['hat verknüpft: ', what]
export const didMove: typeof english.didMove = (what) => ['hat verschoben: ', what]
export const didRemove: typeof english.didRemove = (who) => ['hat die Mitgliedschaft beendet von ', who]
export const didRestore: typeof english.didRestore = (what) => ['hat wiederhergestellt: ', what]
export const didTrash: typeof english.didTrash = (what) => ['hat in den Papierkorb gelegt: ', what]
export const didUnlink: typeof english.didUnlink = (what) => ['hat die Verknüpfung gelöst: ', what]
export const dismissedContradiction = 'verworfener Widerspruch'
export const dismissedContradictions = 'Verworfene Widersprüche'
export const empty = 'leer'
export const end = 'Ende'
export const fieldsOf: typeof english.fieldsOf = (fields, what) => [fields, ' · ', what]
export const file = 'Datei'
export const history = 'Verlauf'
export const kindOfLink = 'Verknüpfungsart'
export const kindsOfLinks = 'Verknüpfungsarten'
export const language = 'Sprache'
export const link = 'Verknüpfung'
export const map = 'Karte'
export const marker = 'Markierung'
export const markersOnMaps = 'Markierungen auf Karten'
export const nameFromTheOtherEnd = 'Name vom anderen Ende aus'
export const noChangesMatch = 'Darauf passt keine Änderung.'
export const note = 'Notiz'
export const nothingIsKnownOfWhat = 'Was vorher geändert wurde, ist nicht bekannt.'
export const nothingWasChanged = 'Nichts wurde geändert'
export const onlyMembersSeeTheActivity = 'Nur Mitglieder sehen die Änderungen'
export const owner = 'Leitung'
export const place = 'Platz'
export const placeholder = 'Platzhalter'
export const reason = 'Grund'
export const removed = ' entfernt: '
export const restoreWhat: typeof english.restoreWhat = (span) => ['Wiederherstellen', span]
export const role = 'Rolle'
export const showEarlierChanges = 'Frühere Änderungen anzeigen'
export const showVersionsFromTo: typeof english.showVersionsFromTo = (value, version) =>
  `Versionen ${value} bis ${version}: einzeln anzeigen`
export const spoilers = 'Spoiler'
export const tag = 'Schlagwort'
export const theActivity = 'die Änderungen'
export const theOperator = 'Der Betrieb'
export const theWorld = 'die Welt'
export const theWorldItself = 'Die Welt selbst'
export const things = 'Gegenstände'
export const thisWorldIsSharedWith =
  'Du darfst diese Welt lesen. Für mehr bitte die Leitung der Welt um eine Einladung.'
export const throughTheChat = 'über den Chat'
export const upTo = 'Bis'
export const versionIsRestored: typeof english.versionIsRestored = (version) =>
  `Version ${version} ist wiederhergestellt.`
export const versionNumber: typeof english.versionNumber = (version) => `Version ${version}`
export const versionOf: typeof english.versionOf = (version) => `: Version ${version}`
export const versionsFromTo: typeof english.versionsFromTo = (value, version) => `Versionen ${value} bis ${version}`
export const whatMembersChangeAppearsHere = 'Hier erscheint, was Mitglieder ändern.'
export const whatWasChanged = 'Was geändert wurde'
export const whatWasChangedInVersion: typeof english.whatWasChangedInVersion = (version) =>
  `Was in Version ${version} geändert wurde`
export const whoChangedIt = 'Wer es geändert hat'
