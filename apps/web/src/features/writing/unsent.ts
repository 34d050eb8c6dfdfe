import type { Draft } from '../records/recordFields.ts'
import { isWrittenKind, type WrittenKind } from './written.ts'

/** What was written into an entry or a world and is not known to be saved, and what it was written over. */
export interface Unsent {
  readonly kind: WrittenKind
  readonly id: string
  /** The tab that it was written in. */
  readonly tab: string
  readonly version: number
  /** All fields as they were in that version. */
  readonly base: Draft
  /** The fields that were changed. */
  readonly changed: Draft
}

const prefix = 'worldloom_unsent_'
const keyOf = (userId: string, id: string, tab: string) => `${prefix}${userId}_${id}_${tab}`
const lockOf = (tab: string) => `worldloom_tab_${tab}`
const tabKey = 'worldloom_tab'

/** What tells this tab from others, also after it was loaded anew. */
let ownTab = begin()

function begin(): string {
  let tab = Math.random().toString(36).slice(2)
  try {
    tab = sessionStorage.getItem(tabKey) ?? tab
    sessionStorage.setItem(tabKey, tab)
  } catch {
    // Blocked: it has another name after it was loaded anew.
  }
  hold(tab)
  return tab
}

/** Shows other tabs that this one is open, for as long as it is. */
function hold(tab: string): void {
  void navigator.locks?.request(lockOf(tab), { ifAvailable: true }, async (lock) => {
    if (lock) return await new Promise<never>(() => {})
    // This tab is a copy of another one, which has that name.
    sessionStorage.removeItem(tabKey)
    ownTab = begin()
  })
}

/** Keeps what this tab wrote until the server has it, also across restarts. @returns false if storage is full or blocked */
export function keepUnsent(userId: string, id: string, unsent: Omit<Unsent, 'tab'>): boolean {
  try {
    localStorage.setItem(keyOf(userId, id, ownTab), JSON.stringify({ ...unsent, tab: ownTab }))
    return true
  } catch {
    return false
  }
}

/** @param tab the one that wrote it; this one by default */
export function forgetUnsent(userId: string, id: string, tab = ownTab): void {
  try {
    localStorage.removeItem(keyOf(userId, id, tab))
  } catch {
    // Blocked: nothing was kept.
  }
}

/** What this tab wrote into an entry. */
export function keptUnsent(userId: string, id: string): Unsent | undefined {
  return read(keyOf(userId, id, ownTab))
}

/**
 * What a user wrote in this browser and no open tab is writing at the moment: in this tab before, and in tabs that are
 * closed.
 *
 * @param onClosed called for each of the other tabs that seem to be writing, once it is closed. One that has just been
 *   closed may still seem open.
 */
export async function leftUnsent(userId: string, onClosed?: () => void): Promise<Unsent[]> {
  const { held = [] } = (await navigator.locks?.query()) ?? {}
  const names = new Set(held.map(({ name }) => name))
  const all = unsentOf(userId)
  // Without HTTPS there are no locks, and any other tab may be open.
  const isOpen = (tab: string) => !navigator.locks || names.has(lockOf(tab))
  if (onClosed && navigator.locks) {
    const others = new Set(all.map(({ tab }) => tab).filter((tab) => tab !== ownTab && isOpen(tab)))
    for (const tab of others) void waitUntilClosed(tab).then(onClosed)
  }
  return all.filter(({ id, tab }) => (tab === ownTab ? !beingWritten.has(id) : !isOpen(tab)))
}

async function waitUntilClosed(tab: string): Promise<void> {
  await navigator.locks.request(lockOf(tab), () => undefined)
}

/** All that a user wrote in this browser and is not known to be saved. */
function unsentOf(userId: string): Unsent[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(`${prefix}${userId}_`))
      .flatMap((key) => read(key) ?? [])
  } catch {
    // Blocked: nothing was kept.
    return []
  }
}

/** Goes on in this tab with what was written in another. */
export function adoptUnsent(userId: string, unsent: Unsent): void {
  if (keepUnsent(userId, unsent.id, unsent) && unsent.tab !== ownTab) forgetUnsent(userId, unsent.id, unsent.tab)
}

/** Forgets what anybody wrote here: who signs out leaves nothing in the browser. */
export function forgetAllUnsent(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
  } catch {
    // Blocked: there is nothing.
  }
}

const beingWritten = new Set<string>()

/** While this tab writes an entry, it sends that itself. @returns ends that */
export function beginWriting(id: string): () => void {
  beingWritten.add(id)
  return () => beingWritten.delete(id)
}

function read(key: string): Unsent | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return isUnsent(stored) ? stored : undefined
  } catch {
    // Blocked or damaged: there is nothing to send.
    return undefined
  }
}

function isUnsent(value: unknown): value is Unsent {
  if (typeof value !== 'object' || value === null) return false
  const { kind, id, tab, version, base, changed }: { [Name in keyof Unsent]?: unknown } = value
  return (
    typeof kind === 'string' &&
    isWrittenKind(kind) &&
    typeof id === 'string' &&
    typeof tab === 'string' &&
    typeof version === 'number' &&
    isDraft(base) &&
    isDraft(changed)
  )
}

function isDraft(value: unknown): value is Draft {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((each) => each === null || typeof each === 'string')
  )
}
