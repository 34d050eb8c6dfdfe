import { Show } from 'solid-js'
import { procedureQueries, queryClient } from '../../lib/api.ts'
import { postJson } from '../../lib/failure.ts'
import { createForm } from '../../lib/form.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import { showToast } from '../../ui/toast.ts'
import { passwordHint } from '../session/passwordHint.ts'
import * as words from './words.ts'

/** Changes one’s password, or sets a first one. */
export default function PasswordForm(props: { hasPassword: boolean }) {
  const form = createForm({ currentPassword: '', newPassword: '' }, async ({ currentPassword, newPassword }) => {
    await postJson('/auth/password/change', {
      newPassword,
      ...(props.hasPassword && { currentPassword }),
    })
    showToast(props.hasPassword ? words.yourPasswordIsChanged : words.yourPasswordIsSet)
    form.reset()
    await queryClient.invalidateQueries(procedureQueries)
  })
  return (
    <form class="grid max-w-md gap-4" novalidate onSubmit={form.submit}>
      <Show when={props.hasPassword}>
        <Field
          {...form.field('currentPassword')}
          label={words.currentPassword}
          type="password"
          autocomplete="current-password"
          required
        />
      </Show>
      <Field
        {...form.field('newPassword')}
        label={words.newPassword}
        type="password"
        autocomplete="new-password"
        hint={passwordHint}
        required
      />
      <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
      <div>
        <Button type="submit" disabled={form.isPending()}>
          {props.hasPassword ? words.changeThePassword : words.setAPassword}
        </Button>
      </div>
    </form>
  )
}
