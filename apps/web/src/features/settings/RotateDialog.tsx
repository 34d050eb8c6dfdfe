import { useMutation } from '@tanstack/solid-query'
import { createSignal, Show } from 'solid-js'
import { type ApiKey, queryClient, trpc } from '../../lib/api.ts'
import { failureOf } from '../../lib/failure.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import * as words from './words.ts'

const overlaps = [
  ['0', words.notAtAllItWas],
  ['1', words.forAnHour],
  ['24', words.forADay],
  ['168', words.forAWeek],
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
      title={words.rotateNamed(props.apiKey.name)}
      description={words.itGetsANewSecret}
    >
      <div class="grid gap-5">
        <Choice label={words.theOldKeyKeepsWorking} value={hours()} onChange={setHours} options={overlaps} />
        <Show when={rotate.error}>{(error) => <Alert>{failureOf(error()).message}</Alert>}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose} disabled={rotate.isPending}>
            {common.cancel}
          </Button>
          <Button
            look="primary"
            onClick={() => rotate.mutate({ id: props.apiKey.id, overlapHours: Number(hours()) })}
            disabled={rotate.isPending}
          >
            {words.rotateIt}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
