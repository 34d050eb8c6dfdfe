import { useQuery } from '@tanstack/solid-query'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { useWorld, useWorldRights } from '../worlds/worldContext.ts'

/** How often it is asked for while the page is looked at, in milliseconds: proposing changes nothing that streams tell of. */
const interval = 30_000

/** How many proposals wait for a decision in the world whose page this is. */
export function usePendingProposals(): () => number {
  const world = useWorld()
  const rights = useWorldRights()
  const count = useQuery(() => ({
    ...trpc.changeSet.count.queryOptions({ worldId: world().id }),
    enabled: rights.isMember(),
    refetchInterval: interval,
  }))
  return () => dataOf(count)?.pending ?? 0
}
