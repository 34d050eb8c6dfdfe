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
import * as common from '../../ui/words.ts'
import EntityPicker from '../records/EntityPicker.tsx'
import * as words from './words.ts'

const scopes = [
  ['world', words.theWholeWorld],
  ['entry', words.oneEntryWithWhatIs],
] as const
const lifetimes = [
  ['1', words.inADay],
  ['7', words.inAWeek],
  ['30', common.in30Days],
  ['365', words.inAYear],
  ['never', words.never],
] as const
const uses = [
  ['any', words.anyNumberOfBrowsers],
  ['some', words.onlySoManyBrowsers],
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
      title={made() ? words.theShareLink : props.entry ? words.shareNamed(props.entry.displayName) : words.newShareLink}
      description={made() ? '' : words.whoeverHasTheLinkCan}
    >
      <Show when={made()} fallback={fields()}>
        {(link) => (
          <MadeLink link={link().link} onClose={props.onClose}>
            {words.sendItToWhoeverMay}
          </MadeLink>
        )}
      </Show>
    </Dialog>
  )

  function fields() {
    return (
      <form class="grid gap-5" novalidate onSubmit={form.submit}>
        <Show when={!props.entry}>
          <Choice label={words.whatItShows} value={scope()} onChange={setScope} options={scopes} />
          <Show when={scope() === 'entry'}>
            <EntityPicker
              worldId={props.worldId}
              kinds={[]}
              label={words.entry}
              value={entryId()}
              onChange={setEntryId}
              required
              hint={words.aStoryComesWithIts}
            />
          </Show>
        </Show>
        <Field {...form.field('label')} label={words.whatItIsFor} hint={words.onlyYouSeeThisTest} />
        <Choice label={words.theLinkExpires} value={lifetime()} onChange={setLifetime} options={lifetimes} />
        <Choice label={words.itCanBeOpenedIn} value={limit()} onChange={setLimit} options={uses} />
        <Show when={limit() === 'some'}>
          <Field {...form.field('maxUses')} label={words.howManyBrowsers} type="number" />
        </Show>
        <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose} disabled={form.isPending()}>
            {common.cancel}
          </Button>
          <Button look="primary" type="submit" disabled={form.isPending() || !isChosen()}>
            {words.createLink}
          </Button>
        </div>
      </form>
    )
  }
}
