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
import * as common from '../../ui/words.ts'
import * as words from './words.ts'

const ways = [
  ['email', words.byEMailToOne],
  ['link', words.byALinkYouShare],
] as const
const roles = [
  ['viewer', words.viewerReads],
  ['editor', words.editorReadsAndWrites],
] as const
const lifetimes = [
  ['1', words.inADay],
  ['7', words.inAWeek],
  ['30', common.in30Days],
  ['90', words.in90Days],
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
      title={made() ? words.theInvitation : words.inviteSomebody}
      description={made() ? '' : words.theyJoinAfterSigningIn}
    >
      <Show when={made()} fallback={fields()}>
        {(invitation) => (
          <MadeLink link={invitation().link} onClose={props.onClose}>
            {invitation().mailed ? words.linkIsMailed(invitation().email ?? '') : words.sendThisLinkToWhoever}
          </MadeLink>
        )}
      </Show>
    </Dialog>
  )

  function fields() {
    return (
      <form class="grid gap-5" novalidate onSubmit={form.submit}>
        <Choice label={words.how} value={way()} onChange={setWay} options={ways} />
        <Show
          when={way() === 'email'}
          fallback={<Field {...form.field('maxUses')} label={words.howManyMayJoinWith} type="number" />}
        >
          <Field {...form.field('email')} label={words.eMail} type="email" required autofocus />
        </Show>
        <Choice label={words.as} value={role()} onChange={setRole} options={roles} />
        <Choice label={words.theLinkExpires} value={lifetime()} onChange={setLifetime} options={lifetimes} />
        <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose} disabled={form.isPending()}>
            {common.cancel}
          </Button>
          <Button look="primary" type="submit" disabled={form.isPending()}>
            {way() === 'email' ? words.sendTheInvitation : words.createLink}
          </Button>
        </div>
      </form>
    )
  }
}
