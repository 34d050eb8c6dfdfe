import { useMutation, useQuery } from '@tanstack/solid-query'
import Pin from 'lucide-solid/icons/pin'
import PinOff from 'lucide-solid/icons/pin-off'
import { Show } from 'solid-js'
import { queryClient, type RouterOutputs, trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { failureOf } from '../../lib/failure.ts'
import type { Entity } from '../../lib/kinds.ts'
import { showToast } from '../../ui/toast.ts'
import { markButton } from '../tags/EntryTags.tsx'
import * as words from './words.ts'
import { useWorld } from './worldContext.ts'

type Pins = RouterOutputs['pin']['list']

/** Keeps an entry at hand in the sidebar, for this person alone. Shown at once, and taken back if it was refused. */
export function PinButton(props: { entity: Entity }) {
  const world = useWorld()
  const listed = () => trpc.pin.list.queryOptions({ worldId: world().id })
  const pins = useQuery(listed)
  const isPinned = () => dataOf(pins)?.items.some(({ id }) => id === props.entity.id) ?? false
  const optimistic = {
    onMutate: async () => {
      const { queryKey } = listed()
      await queryClient.cancelQueries({ queryKey })
      const { id, kind, name, displayName } = props.entity
      const before = queryClient.getQueryData(queryKey)
      queryClient.setQueryData(queryKey, (old) => {
        const others = (old?.items ?? []).filter((each) => each.id !== id)
        return {
          items: others.length < (old?.items.length ?? 0) ? others : [...others, { id, kind, name, displayName }],
        }
      })
      return { before }
    },
    onError: (error: unknown, _input: unknown, context: { before: Pins | undefined } | undefined) => {
      queryClient.setQueryData(listed().queryKey, context?.before)
      showToast(failureOf(error).message)
    },
    onSettled: () => void queryClient.invalidateQueries({ queryKey: listed().queryKey }),
  }
  const add = useMutation(() => trpc.pin.add.mutationOptions(optimistic))
  const remove = useMutation(() => trpc.pin.remove.mutationOptions(optimistic))
  const toggle = () => (isPinned() ? remove : add).mutate({ id: props.entity.id })
  return (
    // There before it is known, as what follows it would move.
    <button type="button" class={markButton} onClick={toggle}>
      <Show when={isPinned()} fallback={<Pin class="size-4" aria-hidden="true" />}>
        <PinOff class="size-4" aria-hidden="true" />
      </Show>
      {isPinned() ? words.unpin : words.pin}
    </button>
  )
}
