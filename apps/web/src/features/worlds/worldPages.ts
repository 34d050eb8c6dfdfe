import { pagePaths } from '../../pagePaths.ts'
import * as common from '../../ui/words.ts'
import * as words from './words.ts'
import type { rightsIn } from './worldContext.ts'

type Rights = ReturnType<typeof rightsIn>

/** The pages of a world besides its overview and its entries, what they are about, and who is shown them. */
export const worldPages = [
  { to: pagePaths.worldMaps, label: common.maps, isAbout: 'entries', isFor: () => true },
  { to: pagePaths.worldTimeline, label: words.timeline, isAbout: 'entries', isFor: () => true },
  { to: pagePaths.worldGraph, label: common.connections, isAbout: 'entries', isFor: () => true },
  { to: pagePaths.worldFamily, label: words.familyTree, isAbout: 'entries', isFor: () => true },
  { to: pagePaths.worldContinuity, label: words.continuity, isAbout: 'entries', isFor: () => true },
  {
    to: pagePaths.worldMembers,
    label: common.members,
    isAbout: 'world',
    isFor: (rights: Rights) => rights.maySeeMembers(),
  },
  {
    to: pagePaths.worldActivity,
    label: words.activity,
    isAbout: 'world',
    isFor: (rights: Rights) => rights.isMember(),
  },
  {
    to: pagePaths.worldProposals,
    label: words.proposals,
    isAbout: 'world',
    isFor: (rights: Rights) => rights.isMember(),
  },
  { to: pagePaths.worldTrash, label: words.trash, isAbout: 'world', isFor: (rights: Rights) => rights.isEditor() },
  {
    to: pagePaths.worldSettings,
    label: common.settings,
    isAbout: 'world',
    isFor: (rights: Rights) => rights.isEditor(),
  },
] as const
