import { useMutation } from '@tanstack/solid-query'
import { createSignal, Show } from 'solid-js'
import { queryClient, type RouterOutputs, trpc } from '../../lib/api.ts'
import { createForm } from '../../lib/form.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { MadeLink } from '../../ui/madeLink.tsx'
import { Alert } from '../../ui/notice.tsx'
import EntityPicker from '../records/EntityPicker.tsx'

const scopes = [
  ['world', 'The whole world'],
  ['entry', 'One entry, with what is in it'],
] as const
const lifetimes = [
  ['1', 'In a day'],
  ['7', 'In a week'],
  ['30', 'In 30 days'],
  ['365', 'In a year'],
  ['never', 'Never'],
] as const
const uses = [
  ['any', 'Any number of browsers'],
  ['some', 'Only so many browsers'],
] as const

type Made = RouterOutputs['shareLink']['create']

/** Makes a link with which people read without an account. It is shown only once. */
export default function ShareDialog(props: {
  worldId: string
  /** What is to be shared, if that is not to be chosen. */
  entry?: { readonly id: string; readonly displayName: string }
  onClose: () => void
}) {
  const [scope, setScope] = createSignal<(typeof scopes)[number][0]>('world')
  const [entryId, setEntryId] = createSignal<string | null>(null)
  const [lifetime, setLifetime] = createSignal<(typeof lifetimes)[number][0]>('30')
  const [limit, setLimit] = createSignal<(typeof uses)[number][0]>('any')
  const [made, setMade] = createSignal<Made>()
  const create = useMutation(() => trpc.shareLink.create.mutationOptions())
  const shared = () => props.entry?.id ?? (scope() === 'entry' ? entryId() : null)
  const isChosen = () => props.entry !== undefined || scope() === 'world' || entryId() !== null
  const form = createForm({ label: '', maxUses: '1' }, async ({ label, maxUses }) => {
    const days = lifetime()
    setMade(
      await create.mutateAsync({
        worldId: props.worldId,
        entityId: shared(),
        label,
        expiresInDays: days === 'never' ? null : Number(days),
        maxUses: limit() === 'some' ? Number(maxUses) : null,
      }),
    )
    void queryClient.invalidateQueries(trpc.shareLink.pathFilter())
  })
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={!form.isPending()}
      title={made() ? 'The share link' : props.entry ? `Share “${props.entry.displayName}”` : 'New share link'}
      description={made() ? '' : 'Whoever has the link can read, without an account.'}
    >
      <Show when={made()} fallback={fields()}>
        {(link) => (
          <MadeLink link={link().link} onClose={props.onClose}>
            Send it to whoever may read. It is shown only once, and can be revoked in the world’s settings.
          </MadeLink>
        )}
      </Show>
    </Dialog>
  )

  function fields() {
    return (
      <form class="grid gap-5" novalidate onSubmit={form.submit}>
        <Show when={!props.entry}>
          <Choice label="What it shows" value={scope()} onChange={setScope} options={scopes} />
          <Show when={scope() === 'entry'}>
            <EntityPicker
              worldId={props.worldId}
              kinds={[]}
              label="Entry"
              value={entryId()}
              onChange={setEntryId}
              required
              hint="A story comes with its acts and scenes, a book with its stories, a location with those in it."
            />
          </Show>
        </Show>
        <Field {...form.field('label')} label="What it is for" hint="Only you see this: “Test readers”" />
        <Choice label="The link expires" value={lifetime()} onChange={setLifetime} options={lifetimes} />
        <Choice label="It can be opened in" value={limit()} onChange={setLimit} options={uses} />
        <Show when={limit() === 'some'}>
          <Field {...form.field('maxUses')} label="How many browsers" type="number" />
        </Show>
        <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose} disabled={form.isPending()}>
            Cancel
          </Button>
          <Button look="primary" type="submit" disabled={form.isPending() || !isChosen()}>
            Create link
          </Button>
        </div>
      </form>
    )
  }
}
