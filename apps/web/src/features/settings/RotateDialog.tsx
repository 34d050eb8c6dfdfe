import { useMutation } from '@tanstack/solid-query'
import { createSignal, Show } from 'solid-js'
import { type ApiKey, queryClient, trpc } from '../../lib/api.ts'
import { failureOf } from '../../lib/failure.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Alert } from '../../ui/notice.tsx'

const overlaps = [
  ['0', 'Not at all: it was leaked'],
  ['1', 'For an hour'],
  ['24', 'For a day'],
  ['168', 'For a week'],
] as const

/** Rotates a key's secret, with time for programs to switch. */
export default function RotateDialog(props: {
  apiKey: ApiKey
  onClose: () => void
  onMade: (name: string, key: string) => void
}) {
  const [hours, setHours] = createSignal<(typeof overlaps)[number][0]>('24')
  const rotate = useMutation(() =>
    trpc.apiKey.rotate.mutationOptions({
      onSuccess: (made) => {
        void queryClient.invalidateQueries(trpc.apiKey.pathFilter())
        props.onMade(made.name, made.key)
      },
    }),
  )
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={!rotate.isPending}
      title={`Rotate “${props.apiKey.name}”`}
      description="It gets a new secret and keeps its permissions."
    >
      <div class="grid gap-5">
        <Choice label="The old key keeps working" value={hours()} onChange={setHours} options={overlaps} />
        <Show when={rotate.error}>{(error) => <Alert>{failureOf(error()).message}</Alert>}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose} disabled={rotate.isPending}>
            Cancel
          </Button>
          <Button
            look="primary"
            onClick={() => rotate.mutate({ id: props.apiKey.id, overlapHours: Number(hours()) })}
            disabled={rotate.isPending}
          >
            Rotate
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
