import type { EntityKind } from '@worldloom/schema'
import { call, queryClient, type RouterInputs, type RouterOutputs, trpc, type World } from '../../lib/api.ts'
import { type Entity, entityApi, entityCall, isEntityKind, kinds } from '../../lib/kinds.ts'
import { entityFields } from '../entities/entityFields.ts'
import type { FormField } from '../records/recordFields.ts'
import { worldFields } from '../worlds/worldFields.ts'

/** What is written on a page of its own: an entry, or a world. */
export type WrittenKind = EntityKind | 'world'
export type Written = Pick<Entity, 'id' | 'version' | 'name' | 'displayName' | 'updatedAt'>

export function isWrittenKind(kind: string): kind is WrittenKind {
  return kind === 'world' || isEntityKind(kind)
}

export function fieldsOf(kind: WrittenKind): readonly FormField[] {
  return kind === 'world' ? worldFields : entityFields(kinds[kind], false)
}

/** Sends fields that were changed. @param version the one that they were changed in */
export async function sendChanges(
  kind: WrittenKind,
  id: string,
  version: number,
  changes: Readonly<Record<string, string | null>>,
): Promise<Written> {
  // Forms and these inputs derive from the same definitions, and saving returns the same type as reading.
  if (kind === 'world') {
    return await call.world.update.mutate({ id, version, ...changes } as RouterInputs['world']['update'])
  }
  return await entityCall(kind).update.mutate({ id, version, ...changes } as RouterInputs['thing']['update'])
}

/** Shows what was saved, which is of the same type as what is read. */
export function remember(kind: WrittenKind, saved: Written): void {
  const { id } = saved
  if (kind === 'world') queryClient.setQueryData(trpc.world.byId.queryKey({ id }), saved as World)
  else queryClient.setQueryData(entityApi(kind).byId.queryKey({ id }), saved as RouterOutputs['thing']['byId'])
}
