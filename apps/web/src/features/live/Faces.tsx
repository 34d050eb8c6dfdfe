import { For, Show } from 'solid-js'
import { eachOnce, openEntry, othersHere, type PersonHere, whoIsAt } from './presence.ts'
import * as words from './words.ts'

/** At most so many faces; the rest is a number. */
const maxFaces = 5

/** The other people who have an entry open or, without one, the world but not the entry that is open here. */
export default function Faces(props: { subjectId?: string }) {
  const shown = () => {
    if (props.subjectId) return whoIsAt(props.subjectId)
    const open = openEntry()
    const there = new Set(open ? whoIsAt(open).map(({ userId }) => userId) : [])
    return eachOnce(othersHere()).filter(({ userId }) => !there.has(userId))
  }
  const sentence = () => {
    const names = shown().map(({ displayName }) => displayName)
    if (names.length === 0) return ''
    return words.hereToo(names)
  }
  return (
    <>
      <span class="sr-only" role="status">
        {sentence()}
      </span>
      <Show when={shown().length > 0}>
        <span class="flex -space-x-2" title={sentence()} aria-hidden="true">
          <For each={shown().slice(0, maxFaces)}>{(person) => <Face person={person} />}</For>
          <Show when={shown().length > maxFaces}>
            <span class={`${faceClass} bg-sunk text-ink`}>+{shown().length - maxFaces}</span>
          </Show>
        </span>
      </Show>
    </>
  )
}

const faceClass = 'grid size-8 place-items-center rounded-full border-2 border-page text-xs font-semibold'

function Face(props: { person: PersonHere }) {
  return <span class={`${faceClass} bg-accent text-on-accent`}>{initials(props.person.displayName)}</span>
}

/** “MC” for Mira Castellan. */
function initials(name: string): string {
  const parts = name.trim().split(/\s+/)
  const [first = '?', last] = parts.length > 1 ? [parts[0], parts.at(-1)] : parts
  return [first, last]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}
