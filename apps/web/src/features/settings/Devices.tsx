import { useMutation, useQuery } from '@tanstack/solid-query'
import { createSignal, For, Show } from 'solid-js'
import { type Device, queryClient, trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { failureOf } from '../../lib/failure.ts'
import { timeAgo } from '../../lib/time.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Badge, Panel } from '../../ui/panel.tsx'
import { showToast } from '../../ui/toast.ts'
import * as words from './words.ts'

/** Where one is signed in. */
export default function Devices() {
  const devices = useQuery(() => trpc.session.list.queryOptions())
  const [isEndingAll, setEndingAll] = createSignal(false)
  const refresh = () => queryClient.invalidateQueries(trpc.session.pathFilter())
  const revoke = useMutation(() =>
    trpc.session.revoke.mutationOptions({
      onSuccess: () => showToast(words.thatDeviceIsSignedOut),
      onError: (error) => showToast(failureOf(error).message),
      onSettled: () => void refresh(),
    }),
  )
  const revokeOthers = useMutation(() => trpc.session.revokeOthers.mutationOptions({ onSuccess: () => void refresh() }))
  return (
    <Panel
      title={words.devices}
      hint={words.whereYouAreSignedIn}
      actions={
        <Show when={(dataOf(devices)?.length ?? 0) > 1}>
          <Button onClick={() => setEndingAll(true)}>{words.signOutAllOthers}</Button>
        </Show>
      }
    >
      <Loaded query={devices}>
        {(list) => (
          <ul class="divide-y divide-line">
            <For each={list()}>
              {(device) => <DeviceRow device={device} onRevoke={() => revoke.mutate({ id: device.id })} />}
            </For>
          </ul>
        )}
      </Loaded>
      <Show when={isEndingAll()}>
        <Confirm
          title={words.signOutEverywhereElse}
          action={words.signOutAllOthers}
          onClose={() => setEndingAll(false)}
          onConfirm={() => revokeOthers.mutateAsync()}
        >
          {words.everyBrowserAndProgramBut}
        </Confirm>
      </Show>
    </Panel>
  )
}

function DeviceRow(props: { device: Device; onRevoke: () => void }) {
  return (
    <li class="flex flex-wrap items-center justify-between gap-3 py-3">
      <div class="min-w-0">
        <p class="flex flex-wrap items-center gap-2 font-medium">
          {words.deviceNamed(props.device.device)}
          <Show when={props.device.isCurrent}>
            <Badge look="good">{words.thisOne}</Badge>
          </Show>
          <Show when={props.device.kind === 'token'}>
            <Badge>{words.program}</Badge>
          </Show>
        </p>
        <p class="text-sm text-soft">
          {words.deviceUse(
            props.device.ipAddress ?? words.addressUnknown,
            timeAgo(props.device.lastSeenAt),
            timeAgo(props.device.createdAt),
          )}
        </p>
      </div>
      <Show when={!props.device.isCurrent}>
        <Button onClick={props.onRevoke}>
          {words.signOutWhich(<span class="sr-only"> {words.deviceNamed(props.device.device)}</span>)}
        </Button>
      </Show>
    </li>
  )
}
