import { useMutation, useQuery } from '@tanstack/solid-query'
import Pin from 'lucide-solid/icons/pin'
import PinOff from 'lucide-solid/icons/pin-off'
import { Show } from 'solid-js'
import { queryClient, type RouterOutputs, trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import type { Entity } from '../../lib/kinds.ts'
import { optimistic } from '../records/optimistic.ts'
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
  const settled = { onSettled: () => void queryClient.invalidateQueries({ queryKey: listed().queryKey }) }
  const without = ({ items }: Pins) => items.filter(({ id }) => id !== props.entity.id)
  const add = useMutation(() =>
    trpc.pin.add.mutationOptions({
      ...optimistic(listed, (pins: Pins) => {
        const { id, kind, name, displayName } = props.entity
        return { items: [...without(pins), { id, kind, name, displayName }] }
      }),
      ...settled,
    }),
  )
  const remove = useMutation(() =>
    trpc.pin.remove.mutationOptions({ ...optimistic(listed, (pins: Pins) => ({ items: without(pins) })), ...settled }),
  )
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
