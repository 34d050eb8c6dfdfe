import { type Kind, type KindFilter, kinds } from 'virtual:kinds'
import type { EntityKind } from '@worldloom/schema'
import { call, queryClient, type RouterOutputs, trpc } from './api.ts'
import { formatNumber } from './number.ts'

export { type Kind, type KindFilter, kinds }

/** The fields that all kinds have. A kind's own are read by name: {@link fieldOf}. */
export type Entity = Omit<
  RouterOutputs['thing']['byId'],
  'kind' | 'thingKind' | 'ownerPersonaId' | 'madeOn' | 'lostOn'
> & {
  readonly kind: EntityKind
}
export type EntitySummary = Omit<Entity, 'body'>

/** The kind for a path segment, if any. */
export function kindOfPlural(plural: string): Kind | undefined {
  return Object.values(kinds).find((kind) => kind.plural === plural)
}

/** A field that only some kinds have. */
export function fieldOf(entity: EntitySummary, name: string): string | null {
  const value: unknown = Reflect.get(entity, name)
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null
}

/**
 * The procedures of a kind. Typed as those of things: kinds differ only in their own fields, which generated forms send
 * by name.
 */
export function entityApi(kind: EntityKind): typeof trpc.thing {
  return trpc[kind] as unknown as typeof trpc.thing // see above
}

/** The routers that tell of what connects entries: any change may show there. */
const connecting = new Set<unknown>([
  'search',
  'tag',
  'pin',
  'link',
  'linkKind',
  'mention',
  'graph',
  'timeline',
  'continuity',
  'map',
  'marker',
  'changeSet',
])

/** Whether a procedure, by its router, tells of what connects the entries of a world. */
export function isConnecting(router: unknown): boolean {
  return connecting.has(router)
}

export function isEntityKind(kind: string): kind is EntityKind {
  return kind in kinds
}

/** Refetches everything shown about worlds and their entries, as a change may appear elsewhere. */
export async function refreshWorlds(): Promise<void> {
  await queryClient.invalidateQueries({
    predicate: ({ queryKey: [path] }) =>
      Array.isArray(path) && (path[0] === 'world' || isConnecting(path[0]) || path[0] in kinds),
  })
}

/** The same as {@link entityApi}, as functions. */
export function entityCall(kind: EntityKind): typeof call.thing {
  return call[kind] as unknown as typeof call.thing // as above
}

export { capitalized } from '@worldloom/schema/capitalized'

/** “3 acts”, “1 scene”. */
export function counted(kind: EntityKind, count: number): string {
  const { one, many } = kinds[kind].wording
  return `${formatNumber(count)} ${count === 1 ? one : many}`
}
