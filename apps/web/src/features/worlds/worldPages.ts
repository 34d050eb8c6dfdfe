import { pagePaths } from '../../pagePaths.ts'
import type { rightsIn } from './worldContext.ts'

type Rights = ReturnType<typeof rightsIn>

/** The pages of a world besides its overview and its entries, what they are about, and who is shown them. */
export const worldPages = [
  { to: pagePaths.worldMaps, label: 'Maps', isAbout: 'entries', isFor: () => true },
  { to: pagePaths.worldTimeline, label: 'Timeline', isAbout: 'entries', isFor: () => true },
  { to: pagePaths.worldGraph, label: 'Connections', isAbout: 'entries', isFor: () => true },
  { to: pagePaths.worldFamily, label: 'Family tree', isAbout: 'entries', isFor: () => true },
  { to: pagePaths.worldContinuity, label: 'Continuity', isAbout: 'entries', isFor: () => true },
  {
    to: pagePaths.worldMembers,
    label: 'Members',
    isAbout: 'world',
    isFor: (rights: Rights) => rights.maySeeMembers(),
  },
  { to: pagePaths.worldActivity, label: 'Activity', isAbout: 'world', isFor: (rights: Rights) => rights.isMember() },
  { to: pagePaths.worldTrash, label: 'Trash', isAbout: 'world', isFor: (rights: Rights) => rights.isEditor() },
  { to: pagePaths.worldSettings, label: 'Settings', isAbout: 'world', isFor: (rights: Rights) => rights.isEditor() },
] as const
