import type { WorldEvent } from '@worldloom/client'
import { createSignal } from 'solid-js'

export type PersonHere = Extract<WorldEvent['data'], { type: 'here' }>['people'][number]

/** The other people who have the world open that this tab shows, each tab of theirs. */
export const [othersHere, setOthersHere] = createSignal<readonly PersonHere[]>([])

/** The entry that is open here; null for none. */
export const [openEntry, setOpenEntry] = createSignal<string | null>(null)

const [edited, setEdited] = createSignal<{ readonly subjectId: string; readonly field: string | null }>()

/** Says what is being edited here, and which field of it; undefined for nothing. */
export { setEdited }

/** The entry, and the field of it, that others see this tab at. Reactive. */
export const place = () => edited() ?? { subjectId: openEntry(), field: null }

/** Who is at an entry, each person once. */
export function whoIsAt(subjectId: string): PersonHere[] {
  return eachOnce(othersHere().filter((person) => person.subjectId === subjectId))
}

/** Who edits a field of an entry. */
export function whoEdits(subjectId: string | undefined, field: string): PersonHere[] {
  if (!subjectId) return []
  return eachOnce(othersHere().filter((person) => person.subjectId === subjectId && person.field === field))
}

export function eachOnce(all: readonly PersonHere[]): PersonHere[] {
  return [...new Map(all.map((person) => [person.userId, person])).values()]
}
