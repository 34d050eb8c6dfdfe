import type { EntityKind } from '@worldloom/schema'
import type { RouterInputs } from '../../lib/api.ts'
import { type Entity, entityCall } from '../../lib/kinds.ts'

/** Sends fields of an entry that were changed. @param version the one that they were changed in */
export async function sendChanges(
  kind: EntityKind,
  id: string,
  version: number,
  changes: Readonly<Record<string, string | null>>,
): Promise<Entity> {
  // Forms and this input derive from the same definition, and saving returns the same type as reading.
  const input = { id, version, ...changes } as RouterInputs['thing']['update']
  return (await entityCall(kind).update.mutate(input)) as Entity
}
