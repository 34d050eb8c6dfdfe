import { useMutation } from '@tanstack/solid-query'
import { createSignal, Show } from 'solid-js'
import { type RouterOutputs, trpc } from '../../lib/api.ts'
import { createForm } from '../../lib/form.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { MadeLink } from '../../ui/madeLink.tsx'
import { Alert } from '../../ui/notice.tsx'

const ways = [
  ['email', 'By e-mail, to one person'],
  ['link', 'By a link you share'],
] as const
const roles = [
  ['viewer', 'Viewer: reads'],
  ['editor', 'Editor: reads and writes'],
] as const
const lifetimes = [
  ['1', 'In a day'],
  ['7', 'In a week'],
  ['30', 'In 30 days'],
  ['90', 'In 90 days'],
] as const

type Made = RouterOutputs['invitation']['create']

/** Invites people to a world. The link is shown only once. */
export default function InvitationDialog(props: { worldId: string; onClose: () => void; onMade: () => void }) {
  const [way, setWay] = createSignal<(typeof ways)[number][0]>('email')
  const [role, setRole] = createSignal<(typeof roles)[number][0]>('viewer')
  const [lifetime, setLifetime] = createSignal<(typeof lifetimes)[number][0]>('7')
  const [made, setMade] = createSignal<Made>()
  const create = useMutation(() => trpc.invitation.create.mutationOptions())
  const form = createForm({ email: '', maxUses: '1' }, async ({ email, maxUses }) => {
    setMade(
      await create.mutateAsync({
        worldId: props.worldId,
        role: role(),
        expiresInDays: Number(lifetime()),
        ...(way() === 'email' ? { email } : { maxUses: Number(maxUses) }),
      }),
    )
    props.onMade()
  })
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={!form.isPending()}
      title={made() ? 'The invitation' : 'Invite somebody'}
      description={made() ? '' : 'They join after signing in.'}
    >
      <Show when={made()} fallback={fields()}>
        {(invitation) => (
          <MadeLink link={invitation().link} onClose={props.onClose}>
            {invitation().mailed
              ? `The link is on its way to ${invitation().email}. You can also pass it on yourself:`
              : 'Send this link to whoever should join. It is shown only once:'}
          </MadeLink>
        )}
      </Show>
    </Dialog>
  )

  function fields() {
    return (
      <form class="grid gap-5" novalidate onSubmit={form.submit}>
        <Choice label="How" value={way()} onChange={setWay} options={ways} />
        <Show
          when={way() === 'email'}
          fallback={<Field {...form.field('maxUses')} label="How many may join with it" type="number" />}
        >
          <Field {...form.field('email')} label="E-mail" type="email" required autofocus />
        </Show>
        <Choice label="As" value={role()} onChange={setRole} options={roles} />
        <Choice label="The link expires" value={lifetime()} onChange={setLifetime} options={lifetimes} />
        <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose} disabled={form.isPending()}>
            Cancel
          </Button>
          <Button look="primary" type="submit" disabled={form.isPending()}>
            {way() === 'email' ? 'Send the invitation' : 'Create link'}
          </Button>
        </div>
      </form>
    )
  }
}
