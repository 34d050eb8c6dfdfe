import type { WorldEvent } from '@worldloom/client'
import { createSignal } from 'solid-js'

export type PersonHere = Extract<WorldEvent['data'], { type: 'here' }>['people'][number]

const [people, setPeople] = createSignal<readonly PersonHere[]>([])
const [openEntry, setOpenEntry] = createSignal<string | null>(null)
const [edited, setEdited] = createSignal<{ readonly subjectId: string; readonly field: string | null }>()

/** The other people who have the world open that this tab shows, each tab of theirs. Reactive. */
/** Says which entry is open here; null for none. */
/** Says what is being edited here, and which field of it; undefined for nothing. */
export { people as othersHere, setEdited, setOpenEntry, setPeople as setOthersHere }

/** The entry, and the field of it, that others see this tab at. Reactive. */
export const place = () => edited() ?? { subjectId: openEntry(), field: null }

/** Who is at an entry, each person once. */
export function whoIsAt(subjectId: string): PersonHere[] {
  return eachOnce(people().filter((person) => person.subjectId === subjectId))
}

/** Who edits a field of an entry. */
export function whoEdits(subjectId: string | undefined, field: string): PersonHere[] {
  if (!subjectId) return []
  return eachOnce(people().filter((person) => person.subjectId === subjectId && person.field === field))
}

export function eachOnce(all: readonly PersonHere[]): PersonHere[] {
  return [...new Map(all.map((person) => [person.userId, person])).values()]
}
