import type { Accessor } from 'solid-js'
import { call, queryClient, trpc, type World } from '../../lib/api.ts'
import { createAttempts } from '../../lib/attempts.ts'
import { refreshWorlds } from '../../lib/kinds.ts'
import * as common from '../../ui/words.ts'
import { showChanged } from '../undo/showChanged.ts'

type Changes = Omit<Parameters<typeof call.world.update.mutate>[0], 'id' | 'version'>

/** Changes settings of a world, each as it is chosen. */
export function createWorldUpdate(world: Accessor<World>) {
  const { attempt, isBusy, failure } = createAttempts()
  const change = (changes: Changes) =>
    attempt(async () => {
      const saved = await call.world.update.mutate({ id: world().id, version: world().version, ...changes })
      queryClient.setQueryData(trpc.world.byId.queryKey({ id: saved.id }), saved)
      void refreshWorlds()
      showChanged(common.saved)
    })
  return { change, isBusy, failure }
}
