import { Show } from 'solid-js'
import { createForm } from '../../lib/form.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'

/** Takes a code of an authenticator app, or a recovery code. */
export function CodeForm(props: {
  label: string
  hint?: string
  action: string
  autofocus?: boolean
  onCode: (code: string) => Promise<unknown>
}) {
  const form = createForm({ code: '' }, ({ code }) => props.onCode(code))
  return (
    <form class="grid gap-3" novalidate onSubmit={form.submit}>
      <Field
        {...form.field('code')}
        label={props.label}
        hint={props.hint}
        autocomplete="one-time-code"
        required
        {...(props.autofocus && { autofocus: true })}
      />
      <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
      <div>
        <Button type="submit" look="primary" disabled={form.isPending()}>
          {props.action}
        </Button>
      </div>
    </form>
  )
}
