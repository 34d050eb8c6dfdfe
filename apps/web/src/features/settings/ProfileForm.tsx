import { useMutation } from '@tanstack/solid-query'
import { Show } from 'solid-js'
import { type Me, queryClient, trpc } from '../../lib/api.ts'
import { createForm } from '../../lib/form.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import * as words from './words.ts'

/** A person's own profile. */
export function ProfileForm(props: { me: Me; action: string; brief?: boolean; onSaved: () => void }) {
  const update = useMutation(() => trpc.me.updateProfile.mutationOptions())
  const fullName = () => `${props.me.firstName ?? ''} ${props.me.lastName ?? ''}`.trim()
  const initial = {
    firstName: props.me.firstName ?? '',
    lastName: props.me.lastName ?? '',
    // If it equals the name, none was chosen.
    displayName: props.me.displayName === fullName() || !props.me.isComplete ? '' : props.me.displayName,
  }
  const form = createForm(initial, async (values) => {
    const saved = await update.mutateAsync({ ...values, version: props.me.version })
    // Not fetched again: for a moment a server may still have the caller as they were before.
    queryClient.setQueryData(trpc.me.get.queryKey(), (me) => me && { ...me, ...saved, isComplete: true })
    props.onSaved()
  })
  return (
    <form class="grid max-w-xl gap-4" novalidate onSubmit={form.submit}>
      <div class="grid gap-4 sm:grid-cols-2">
        <Field
          {...form.field('firstName')}
          label={words.firstName}
          autocomplete="given-name"
          required
          {...(props.brief && { autofocus: true })}
        />
        <Field {...form.field('lastName')} label={words.lastName} autocomplete="family-name" required />
      </div>
      <Show when={!props.brief}>
        <Field
          {...form.field('displayName')}
          label={common.displayName}
          autocomplete="nickname"
          hint={words.whatOthersSeeInsteadOf}
        />
      </Show>
      <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
      <div>
        <Button look="primary" type="submit" disabled={form.isPending()}>
          {form.isPending() ? common.saving : props.action}
        </Button>
      </div>
    </form>
  )
}
