import { useQuery } from '@tanstack/solid-query'
import { Link } from '@tanstack/solid-router'
import { createSignal, Show } from 'solid-js'
import { Entrance, textLink } from '../features/session/entrance.tsx'
import { passwordQuery } from '../features/session/providers.ts'
import * as words from '../features/session/words.ts'
import { postJson } from '../lib/failure.ts'
import { createForm } from '../lib/form.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Alert } from '../ui/notice.tsx'

export default function ForgotPassword() {
  usePageTitle(() => words.forgotYourPassword)
  const password = useQuery(() => passwordQuery)
  const [isSent, setSent] = createSignal(false)
  const form = createForm({ email: '' }, async (values) => {
    await postJson('/auth/password/forgot', values)
    setSent(true)
  })
  return (
    <Entrance title={words.aNewPassword} intro={words.enterTheAddressYouSign}>
      <Show when={password.data?.mail !== 'none'} fallback={<Alert>{words.thisServerSendsNoMailsWhoever}</Alert>}>
        <Show
          when={!isSent()}
          fallback={
            <p class="leading-relaxed" role="status">
              {words.resetIsMailed(<strong class="font-semibold">{form.values.email}</strong>)}
              <Show when={password.data?.mail === 'logged'}>{words.thisServerSendsNoMails}</Show>
            </p>
          }
        >
          <form class="grid gap-4" novalidate onSubmit={form.submit}>
            <Field
              {...form.field('email')}
              label={words.eMail}
              type="email"
              autocomplete="username"
              required
              autofocus
            />
            <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
            <Button look="primary" type="submit" class="min-h-12 text-base" disabled={form.isPending()}>
              {words.mailMeALink}
            </Button>
          </form>
        </Show>
      </Show>
      <p class="pt-6 text-center text-sm text-soft">
        <Link to={pagePaths.signIn} class={textLink}>
          {words.backToSigningIn}
        </Link>
      </p>
    </Entrance>
  )
}
