import type { JSX } from 'solid-js'
import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'

export const alongGoes = (count: number) =>
  plural(count, {
    one: 'One entry that is in it goes to the trash too.',
    other: `${formatNumber(count)} entries that are in it go to the trash too.`,
  })
export const allProposals = 'All'
export const backToTheProposals = 'All proposals'
export const changeIt = (kind: string, name: JSX.Element): JSX.Element => [`Change ${kind}: `, name]
export const changesCount = (count: number) =>
  plural(count, { one: '1 change', other: `${formatNumber(count)} changes` })
export const confirm = 'Confirm'
export const confirmed = 'Confirmed'
export const confirmedBy = (name: JSX.Element, when: JSX.Element): JSX.Element => ['Confirmed by ', name, ' ', when]
export const createIt = (kind: string, name: JSX.Element): JSX.Element => [`New ${kind}: `, name]
export const deleteIt = (kind: string, name: JSX.Element): JSX.Element => [`To the trash, ${kind}: `, name]
export const dismissed = 'Dismissed'
export const dismissedBy = (name: JSX.Element, when: JSX.Element): JSX.Element => ['Dismissed by ', name, ' ', when]
export const editorsDecide = 'Editors of this world decide on it.'
export const entry = 'entry'
export const goneByNow = 'The entry is in the trash or gone by now.'
export const goneCannotBeConfirmed =
  'Something that this would change is in the trash or gone, so it cannot be confirmed. Dismiss it, or restore the entry first.'
export const linkIt = 'New link'
export const linkGone = 'An entry or the kind of link is gone by now.'
export const noProposals = 'Nothing waits for a decision'
export const noProposalsYet = 'No proposals yet'
export const nothingIsWritten = 'Nothing is written until you confirm. All of it can be undone at once.'
export const onlyMembersSeeProposals = 'Only members see the proposals'
export const outdated = 'Changed since this was proposed: compared with what is there now.'
export const pending = 'Waiting'
export const programsPropose =
  'Programs that you give an API key, such as an assistant, can propose changes here, and so can the chat. You see what would be different, and decide.'
export const proposalNotThere = 'There is no such proposal'
export const proposalNotThereWhy = 'It does not exist, or this world is not shared with you.'
export const proposalCalled = (title: string) => `Proposal: ${title}`
export const proposals = 'Proposals'
export const proposalsOf = (displayName: string) => `Proposals · ${displayName}`
export const proposedBy = (name: JSX.Element, when: JSX.Element): JSX.Element => ['Proposed by ', name, ' ', when]
export const proposedInChat = (name: JSX.Element, when: JSX.Element): JSX.Element => [
  'Proposed in a chat of ',
  name,
  ' ',
  when,
]
export const proposedWithKey = (name: JSX.Element, key: JSX.Element, when: JSX.Element): JSX.Element => [
  'Proposed by ',
  name,
  ' with the key “',
  key,
  '” ',
  when,
]
export const sameAsNow = 'As it is already.'
export const showing = 'Show'
export const theProposal = 'The proposal'
export const theProposals = 'The proposals'
export const thisWorldIsShared = 'This world is shared with you to read.'
export const whatItDoes = 'What it changes'
export const written = (title: string) => `“${title}” is written.`
export const isUndone = 'All of it is undone.'
export const undoAllOfIt = 'Undo all of it'
