import { useQuery } from '@tanstack/solid-query'
import { Link } from '@tanstack/solid-router'
import { createSignal, Show } from 'solid-js'
import { Entrance, textLink } from '../features/session/entrance.tsx'
import { passwordQuery } from '../features/session/providers.ts'
import { postJson } from '../lib/failure.ts'
import { createForm } from '../lib/form.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Alert } from '../ui/notice.tsx'

export default function ForgotPassword() {
  usePageTitle(() => 'Forgot your password?')
  const password = useQuery(() => passwordQuery)
  const [isSent, setSent] = createSignal(false)
  const form = createForm({ email: '' }, async (values) => {
    await postJson('/auth/password/forgot', values)
    setSent(true)
  })
  return (
    <Entrance
      title="A new password"
      intro="Enter the address you sign in with. We’ll mail you a link to set a new password."
    >
      <Show
        when={password.data?.mail !== 'none'}
        fallback={
          <Alert>
            This server sends no mails. Whoever runs it can set a new password for you (worldloom set-password).
          </Alert>
        }
      >
        <Show
          when={!isSent()}
          fallback={
            <p class="leading-relaxed" role="status">
              If somebody signs in with <strong class="font-semibold">{form.values.email}</strong>, there is a mail on
              its way. The link in it holds for an hour.
              <Show when={password.data?.mail === 'logged'}>
                {' '}
                This server sends no mails yet: whoever runs it finds the link in its log.
              </Show>
            </p>
          }
        >
          <form class="grid gap-4" novalidate onSubmit={form.submit}>
            <Field {...form.field('email')} label="E-mail" type="email" autocomplete="username" required autofocus />
            <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
            <Button look="primary" type="submit" class="min-h-12 text-base" disabled={form.isPending()}>
              Mail me a link
            </Button>
          </form>
        </Show>
      </Show>
      <p class="pt-6 text-center text-sm text-soft">
        <Link to={pagePaths.signIn} class={textLink}>
          Back to signing in
        </Link>
      </p>
    </Entrance>
  )
}
