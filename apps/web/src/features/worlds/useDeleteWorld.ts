import { useMutation } from '@tanstack/solid-query'
import { readError } from '@worldloom/client'
import { queryClient, trpc, type WorldSummary } from '../../lib/api.ts'
import { showToast } from '../../ui/toast.ts'
import { showChanged } from '../undo/showChanged.ts'
import * as words from './words.ts'

/** Moves a world to the trash and offers to undo that. */
export function useDeleteWorld(onDeleted: (world: Pick<WorldSummary, 'id'>) => void = () => {}) {
  const refresh = () => queryClient.invalidateQueries(trpc.world.pathFilter())
  const deletion = useMutation(() =>
    trpc.world.delete.mutationOptions({
      onSuccess: ({ id }) => {
        onDeleted({ id })
        queryClient.removeQueries(trpc.world.byId.queryFilter({ id }))
        void refresh()
      },
      onError: (error) => {
        showToast(readError(error).message)
        void refresh()
      },
    }),
  )
  return (world: Pick<WorldSummary, 'id' | 'version' | 'displayName'>) =>
    deletion.mutate(
      { id: world.id, version: world.version },
      {
        onSuccess: () => showChanged(words.isInTheTrash(world.displayName)),
      },
    )
}

/** Restores a world from the trash. */
export function useRestoreWorld() {
  const restoration = useMutation(() =>
    trpc.world.restore.mutationOptions({
      onSuccess: (world) => {
        showChanged(words.isBack(world.displayName))
        void queryClient.invalidateQueries(trpc.world.pathFilter())
      },
      onError: (error) => showToast(readError(error).message),
    }),
  )
  return (world: Pick<WorldSummary, 'id'>) => restoration.mutate({ id: world.id })
}
