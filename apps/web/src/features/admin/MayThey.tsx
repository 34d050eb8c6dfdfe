import { createSignal, Show } from 'solid-js'
import { call } from '../../lib/api.ts'
import { createForm } from '../../lib/form.ts'
import { listed } from '../../lib/list.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as sessionWords from '../session/words.ts'
import * as words from './words.ts'

type Answer = Awaited<ReturnType<typeof call.user.may.query>>

/** Asks what somebody may do, without trying. */
export function MayThey(props: { userId: string }) {
  const [answer, setAnswer] = createSignal<Answer>()
  const form = createForm({ procedure: '' }, async ({ procedure }) => {
    setAnswer(undefined)
    setAnswer(await call.user.may.query({ id: props.userId, procedure: procedure.trim() }))
  })
  const roles = () => {
    const reason = answer()?.reason
    return reason?.kind === 'notPermitted' && reason.roles.length > 0 ? listed(reason.roles) : undefined
  }
  return (
    <form class="grid gap-3 border-t border-line pt-5" novalidate onSubmit={form.submit}>
      <h3 class="font-medium">{words.askWhatTheyMay}</h3>
      <Field {...form.field('procedure')} label={words.whichProcedure} hint={words.askHint} required />
      <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
      <Show when={answer()}>
        {(found) => (
          <p role="status" class="text-sm leading-relaxed">
            {found().message ?? words.theyMay} <Show when={roles()}>{(list) => sessionWords.rolesWithIt(list())}</Show>
          </p>
        )}
      </Show>
      <div>
        <Button type="submit" disabled={form.isPending()}>
          {words.ask}
        </Button>
      </div>
    </form>
  )
}
