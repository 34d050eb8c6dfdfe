import type { EntityKind } from '@worldloom/schema'
import { kinds } from '../../lib/kinds.ts'
import type { Message } from './conversationState.ts'

/** The kinds of entries found under these names in a tool's result. */
const kindsByName: Readonly<Record<string, EntityKind>> = {
  acts: 'act',
  scenes: 'scene',
  location: 'location',
  cast: 'persona',
  things: 'thing',
}

/** The kinds, by id, of all entries in a conversation's tool results: those that an answer may cite. */
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
    const { id, kind = assumed } = value as { id?: unknown; kind?: unknown } // other values are ignored
    if (typeof id === 'string' && typeof kind === 'string' && kind in kinds) found.set(id, kind as EntityKind)
    for (const [name, of] of Object.entries(value)) collect(of, kindsByName[name], found)
  }
}
