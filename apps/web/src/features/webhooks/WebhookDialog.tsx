import { useMutation } from '@tanstack/solid-query'
import { createSignal, For, Show } from 'solid-js'
import { queryClient, trpc, type Webhook } from '../../lib/api.ts'
import { createForm } from '../../lib/form.ts'
import { capitalized, kinds } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import * as words from './words.ts'

/** What a webhook can be told of; the API also takes single actions, such as `persona.update`. */
const choices = [
  ...Object.values(kinds).map(({ kind, wording }) => [`${kind}.*`, capitalized(wording.many)] as const),
  ['world.*', words.theWorldItself] as const,
  ['member.*', common.members] as const,
]

/** Adds or changes a webhook. */
export default function WebhookDialog(props: {
  worldId: string
  /** The one to change; undefined to add one. */
  webhook?: Webhook | undefined
  onClose: () => void
  /** @param secret of a new one, which is shown once */
  onSaved: (secret: string | undefined) => void
}) {
  const [events, setEvents] = createSignal<readonly string[]>(props.webhook?.events ?? ['*'])
  const isAll = () => events().includes('*')
  // Chosen through the API; kept unless everything is chosen.
  const others = () => events().filter((event) => event !== '*' && !choices.some(([choice]) => choice === event))
  const create = useMutation(() => trpc.webhook.create.mutationOptions())
  const update = useMutation(() => trpc.webhook.update.mutationOptions())
  const form = createForm(
    { url: props.webhook?.url ?? '', description: props.webhook?.description ?? '' },
    async (values) => {
      const fields = { ...values, events: [...events()] }
      const { webhook } = props
      let secret: string | undefined
      if (webhook) await update.mutateAsync({ id: webhook.id, version: webhook.version, ...fields })
      else ({ secret } = await create.mutateAsync({ worldId: props.worldId, ...fields }))
      await queryClient.invalidateQueries(trpc.webhook.pathFilter())
      props.onSaved(secret)
    },
  )
  const toggle = (event: string) =>
    setEvents((before) => (before.includes(event) ? before.filter((each) => each !== event) : [...before, event]))
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={!form.isPending()}
      title={props.webhook ? words.editWebhook : words.aNewWebhook}
      description={words.worldloomPostsWhatIsChanged}
    >
      <form class="grid gap-5" novalidate onSubmit={form.submit}>
        <Field
          {...form.field('url')}
          label={words.address}
          hint="https://…, reachable from the internet"
          required
          autofocus
        />
        <Field {...form.field('description')} label={words.whatItIsFor} />
        <fieldset>
          <legend class="text-sm font-medium">{words.whatItIsToldOf}</legend>
          <div class="mt-2 grid gap-1">
            <label class="flex min-h-9 items-center gap-2 text-sm">
              <input type="radio" class="accent-accent" checked={isAll()} onChange={() => setEvents(['*'])} />
              {common.everything}
            </label>
            <label class="flex min-h-9 items-center gap-2 text-sm">
              <input type="radio" class="accent-accent" checked={!isAll()} onChange={() => setEvents([])} />
              {words.onlyChangesOf}
            </label>
            <Show when={!isAll()}>
              <div class="grid grid-cols-2 gap-x-4 rounded-2xl border border-line bg-card p-4 sm:grid-cols-3">
                <For each={choices}>
                  {([event, label]) => (
                    <label class="flex min-h-9 items-center gap-2 text-sm">
                      <input
                        type="checkbox"
                        class="size-4 accent-accent"
                        checked={events().includes(event)}
                        onChange={() => toggle(event)}
                      />
                      {label}
                    </label>
                  )}
                </For>
                <For each={others()}>
                  {(event) => (
                    <label class="flex min-h-9 items-center gap-2 font-mono text-sm">
                      <input type="checkbox" class="size-4 accent-accent" checked onChange={() => toggle(event)} />
                      {event}
                    </label>
                  )}
                </For>
              </div>
            </Show>
          </div>
        </fieldset>
        <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
        <div class={dialogActions}>
          <Show when={events().length === 0}>
            <p class="mr-auto self-center text-sm text-soft">{words.chooseWhatItIsTold}</p>
          </Show>
          <Button look="quiet" onClick={props.onClose} disabled={form.isPending()}>
            {common.cancel}
          </Button>
          <Button look="primary" type="submit" disabled={form.isPending() || events().length === 0}>
            {props.webhook ? common.save : words.addWebhook}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
