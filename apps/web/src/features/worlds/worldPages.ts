import { pagePaths } from '../../pagePaths.ts'
import type { rightsIn } from './worldContext.ts'

type Rights = ReturnType<typeof rightsIn>

/** The pages of a world besides its overview and its entries, and who is shown them. */
export const worldPages = [
  { to: pagePaths.worldTimeline, label: 'Timeline', isFor: () => true },
  { to: pagePaths.worldGraph, label: 'Connections', isFor: () => true },
  { to: pagePaths.worldContinuity, label: 'Continuity', isFor: () => true },
  { to: pagePaths.worldMembers, label: 'Members', isFor: (rights: Rights) => rights.maySeeMembers() },
  { to: pagePaths.worldActivity, label: 'Activity', isFor: (rights: Rights) => rights.isMember() },
  { to: pagePaths.worldTrash, label: 'Trash', isFor: (rights: Rights) => rights.isEditor() },
  { to: pagePaths.worldSettings, label: 'Settings', isFor: (rights: Rights) => rights.isEditor() },
] as const
