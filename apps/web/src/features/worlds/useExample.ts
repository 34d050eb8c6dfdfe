import { useMutation } from '@tanstack/solid-query'
import { useNavigate } from '@tanstack/solid-router'
import { readError } from '@worldloom/client'
import { queryClient, trpc } from '../../lib/api.ts'
import { pagePaths } from '../../pagePaths.ts'
import { showToast } from '../../ui/toast.ts'
import { startTour } from '../tour/tour.ts'

/** What the example is called, whatever language the app is in: it is written in English. */
const name = 'The Iron Coast'

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
      .fetchQuery(trpc.world.list.queryOptions({ search: name, limit: 1 }))
      .catch(() => null)
    const [world] = mine?.items ?? []
    if (world) await show(world)
    else creation.mutate({ name, template: 'example' })
  }
  return { open: () => void open(), isPending: () => creation.isPending }
}
