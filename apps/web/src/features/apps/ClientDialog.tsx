import { useMutation } from '@tanstack/solid-query'
import { createSignal, Show } from 'solid-js'
import type { RouterOutputs } from '../../lib/api.ts'
import { queryClient, trpc } from '../../lib/api.ts'
import { createForm } from '../../lib/form.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import * as words from './words.ts'

/** Registers an app that may then ask people for access. */
export default function ClientDialog(props: {
  onClose: () => void
  onMade: (made: RouterOutputs['oauthClient']['create']) => void
}) {
  const create = useMutation(() => trpc.oauthClient.create.mutationOptions())
  const [isConfidential, setConfidential] = createSignal(false)
  const form = createForm({ name: '', redirectUris: '' }, async ({ name, redirectUris }) => {
    const made = await create.mutateAsync({
      name,
      redirectUris: redirectUris.split('\n').filter((line) => line.trim() !== ''),
      isConfidential: isConfidential(),
    })
    await queryClient.invalidateQueries(trpc.oauthClient.pathFilter())
    props.onMade(made)
  })
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={!form.isPending()}
      title={words.newApp}
      description={words.noAppsRegisteredHint}
    >
      <form class="grid gap-5" novalidate onSubmit={form.submit}>
        <Field {...form.field('name')} label={common.name} required autofocus />
        <Field {...form.field('redirectUris')} label={words.callbacks} hint={words.callbacksHint} rows={3} required />
        <label class="flex min-h-9 items-center gap-2 text-sm">
          <input
            type="checkbox"
            class="size-4 accent-accent"
            checked={isConfidential()}
            onChange={(event) => setConfidential(event.currentTarget.checked)}
          />
          {words.keepsASecret}
        </label>
        <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose} disabled={form.isPending()}>
            {common.cancel}
          </Button>
          <Button look="primary" type="submit" disabled={form.isPending()}>
            {words.registerIt}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
