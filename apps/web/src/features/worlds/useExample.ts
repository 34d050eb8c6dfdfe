import { useMutation } from '@tanstack/solid-query'
import { useNavigate } from '@tanstack/solid-router'
import { readError } from '@worldloom/client'
import { queryClient, trpc } from '../../lib/api.ts'
import { pagePaths } from '../../pagePaths.ts'
import { showToast } from '../../ui/toast.ts'
import { startTour } from '../tour/tour.ts'
import * as words from './words.ts'

/** Shows a world to look around in from page to page: the one of that name or, if there is none, a new one. */
export function useExample() {
  const navigate = useNavigate()
  const show = async ({ id }: { id: string }) => {
    await navigate({ to: pagePaths.world, params: { worldId: id } })
    startTour()
  }
  const creation = useMutation(() =>
    trpc.world.create.mutationOptions({
      onSuccess: (world) => {
        void queryClient.invalidateQueries(trpc.world.pathFilter())
        return show(world)
      },
      onError: (error) => showToast(readError(error).message),
    }),
  )
  const open = async () => {
    const mine = await queryClient
      .fetchQuery(trpc.world.list.queryOptions({ search: words.exampleName, limit: 1 }))
      .catch(() => null)
    const [world] = mine?.items ?? []
    if (world) await show(world)
    else creation.mutate({ name: words.exampleName, template: 'example' })
  }
  return { open: () => void open(), isPending: () => creation.isPending }
}
