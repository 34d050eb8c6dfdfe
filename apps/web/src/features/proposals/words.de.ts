import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'
import type * as english from './words.ts'

export const alongGoes: typeof english.alongGoes = (count) =>
  plural(count, {
    one: 'Ein Eintrag darin kommt mit in den Papierkorb.',
    other: `${formatNumber(count)} Einträge darin kommen mit in den Papierkorb.`,
  })
export const allProposals = 'Alle'
export const backToTheProposals = 'Alle Vorschläge'
export const changeIt: typeof english.changeIt = (kind, name) => [`${kind} ändern: `, name]
export const changesCount: typeof english.changesCount = (count) =>
  plural(count, { one: '1 Änderung', other: `${formatNumber(count)} Änderungen` })
export const confirm = 'Bestätigen'
export const confirmed = 'Bestätigt'
export const confirmedBy: typeof english.confirmedBy = (name, when) => ['Bestätigt von ', name, ', ', when]
export const createIt: typeof english.createIt = (kind, name) => [`Neu, ${kind}: `, name]
export const deleteIt: typeof english.deleteIt = (kind, name) => [`${kind} in den Papierkorb: `, name]
export const dismissed = 'Verworfen'
export const dismissedBy: typeof english.dismissedBy = (name, when) => ['Verworfen von ', name, ', ', when]
export const editorsDecide = 'Darüber entscheidet, wer in dieser Welt schreiben darf.'
export const entry = 'Eintrag'
export const goneByNow = 'Der Eintrag ist inzwischen im Papierkorb oder gelöscht.'
export const goneCannotBeConfirmed =
  'Etwas, das dies ändern würde, ist im Papierkorb oder gelöscht. So lässt es sich nicht bestätigen: Verwirf es, oder stelle den Eintrag zuerst wieder her.'
export const linkIt = 'Neue Verknüpfung'
export const linkGone = 'Ein Eintrag oder die Verknüpfungsart ist nicht mehr da.'
export const noProposals = 'Nichts wartet auf eine Entscheidung'
export const noProposalsYet = 'Noch keine Vorschläge'
export const nothingIsWritten =
  'Bis du bestätigst, wird nichts geschrieben. Alles zusammen lässt sich rückgängig machen.'
export const onlyMembersSeeProposals = 'Nur Mitglieder sehen die Vorschläge'
export const outdated = 'Seit dem Vorschlag geändert: verglichen mit dem, was jetzt da ist.'
export const pending = 'Wartet'
export const programsPropose =
  'Programme, denen du einen API-Schlüssel gibst, etwa ein Assistent, können hier Änderungen vorschlagen, der Chat auch. Du siehst, was anders würde, und entscheidest.'
export const proposalNotThere = 'Diesen Vorschlag gibt es nicht'
export const proposalNotThereWhy = 'Es gibt ihn nicht, oder diese Welt ist nicht mit dir geteilt.'
export const proposalCalled: typeof english.proposalCalled = (title) => `Vorschlag: ${title}`
export const proposals = 'Vorschläge'
export const proposalsOf: typeof english.proposalsOf = (displayName) => `Vorschläge · ${displayName}`
export const proposedBy: typeof english.proposedBy = (name, when) => ['Vorgeschlagen von ', name, ', ', when]
export const proposedInChat: typeof english.proposedInChat = (name, when) => [
  'In einem Chat von ',
  name,
  ' vorgeschlagen, ',
  when,
]
export const proposedWithKey: typeof english.proposedWithKey = (name, key, when) => [
  'Vorgeschlagen von ',
  name,
  ' mit dem Schlüssel „',
  key,
  '“, ',
  when,
]
export const sameAsNow = 'So ist es schon.'
export const showing = 'Zeigen'
export const theProposal = 'Der Vorschlag'
export const theProposals = 'Die Vorschläge'
export const thisWorldIsShared = 'Diese Welt ist zum Lesen mit dir geteilt.'
export const whatItDoes = 'Was sich ändert'
export const written: typeof english.written = (title) => `„${title}“ ist geschrieben.`
export const isUndone = 'Alles zusammen ist rückgängig gemacht.'
export const undoAllOfIt = 'Alles rückgängig machen'
