import type { EntityKind } from '@worldloom/schema'
import { kinds } from '../../lib/kinds.ts'
import type { Message } from './conversationState.ts'

/** The kinds of what is found under such a name in what a tool answered. */
const kindsByName: Readonly<Record<string, EntityKind>> = {
  acts: 'act',
  scenes: 'scene',
  location: 'location',
  cast: 'persona',
  things: 'thing',
}

/** By their ids the kinds of all entries that the tools of a conversation told of: what an answer may cite. */
export function citableEntries(messages: readonly Message[]): ReadonlyMap<string, EntityKind> {
  const found = new Map<string, EntityKind>()
  for (const { parts } of messages) {
    for (const part of parts) if (part.type === 'tool' && part.state === 'done') collect(part.output, undefined, found)
  }
  return found
}

function collect(value: unknown, assumed: EntityKind | undefined, found: Map<string, EntityKind>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, assumed, found)
  else if (typeof value === 'object' && value !== null) {
    const { id, kind = assumed } = value as { id?: unknown; kind?: unknown } // whatever else is in it
    if (typeof id === 'string' && typeof kind === 'string' && kind in kinds) found.set(id, kind as EntityKind)
    for (const [name, of] of Object.entries(value)) collect(of, kindsByName[name], found)
  }
}
