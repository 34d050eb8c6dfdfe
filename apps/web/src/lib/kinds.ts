import { type Kind, type KindFilter, kinds } from 'virtual:kinds'
import type { EntityKind } from '@worldloom/schema'
import { call, queryClient, type RouterOutputs, trpc } from './api.ts'
import { formatNumber } from './number.ts'

export { type Kind, type KindFilter, kinds }

/** What all kinds have; a kind's own fields go by name: {@link fieldOf}. */
export type Entity = Omit<RouterOutputs['thing']['byId'], 'kind' | 'thingKind' | 'ownerPersonaId'> & {
  readonly kind: EntityKind
}
export type EntitySummary = Omit<Entity, 'body'>

/** The kind whose pages are at such a path; undefined for none. */
export function kindOfPlural(plural: string): Kind | undefined {
  return Object.values(kinds).find((kind) => kind.plural === plural)
}

/** A field that only some kinds have. */
export function fieldOf(entity: EntitySummary, name: string): string | null {
  const value: unknown = Reflect.get(entity, name)
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null
}

/**
 * The procedures that all kinds have, of one of them. Typed as those of things; what differs between kinds are their
 * own fields, which forms made from the declarations send by name.
 */
export function entityApi(kind: EntityKind): typeof trpc.thing {
  return trpc[kind] as unknown as typeof trpc.thing // see above
}

/** Reads anew what is on the page of any world and of anything in one: what changed here may be told of there. */
export async function refreshWorlds(): Promise<void> {
  await queryClient.invalidateQueries({
    predicate: ({ queryKey: [path] }) => Array.isArray(path) && (path[0] === 'world' || path[0] in kinds),
  })
}

/** As {@link entityApi}, as functions. */
export function entityCall(kind: EntityKind): typeof call.thing {
  return call[kind] as unknown as typeof call.thing // as above
}

/** “Story”, at the beginning of a line. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** “3 acts”, “1 scene”. */
export function counted(kind: EntityKind, count: number): string {
  const { one, many } = kinds[kind].wording
  return `${formatNumber(count)} ${count === 1 ? one : many}`
}
