import { useQuery } from '@tanstack/solid-query'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { useWorld, useWorldRights } from '../worlds/worldContext.ts'

/** How many proposals wait for a decision in the world whose page this is. The stream of the world says when that changes. */
export function usePendingProposals(): () => number {
  const world = useWorld()
  const rights = useWorldRights()
  const count = useQuery(() => ({
    ...trpc.changeSet.count.queryOptions({ worldId: world().id }),
    enabled: rights.isMember(),
  }))
  return () => dataOf(count)?.pending ?? 0
}
