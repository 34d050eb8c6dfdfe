import { useQuery } from '@tanstack/solid-query'
import { Link, useNavigate, useSearch } from '@tanstack/solid-router'
import MailCheck from 'lucide-solid/icons/mail-check'
import { createSignal, Show } from 'solid-js'
import { enter, hasSignedIn } from '../features/session/enter.ts'
import { Entrance, textLink } from '../features/session/entrance.tsx'
import { passwordHint } from '../features/session/passwordHint.ts'
import { passwordQuery } from '../features/session/providers.ts'
import * as words from '../features/session/words.ts'
import { postJson } from '../lib/failure.ts'
import { createForm } from '../lib/form.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Alert } from '../ui/notice.tsx'
import * as common from '../ui/words.ts'

export default function SignUp() {
  usePageTitle(() => words.createAnAccount)
  const search = useSearch({ from: '/sign-up' })
  const navigate = useNavigate()
  const password = useQuery(() => passwordQuery)
  const [mailedTo, setMailedTo] = createSignal<string>()
  const form = createForm({ firstName: '', lastName: '', email: '', password: '' }, async (values) => {
    const answer = await postJson('/auth/password/sign-up', values)
    if (hasSignedIn(answer)) await enter(navigate, search().redirect)
    else setMailedTo(values.email)
  })
  const back = () => (
    <p class="pt-6 text-center text-sm text-soft">
      {words.youHaveOne(
        <Link to={pagePaths.signIn} search={search()} class={textLink}>
          {words.signIn}
        </Link>,
      )}
    </p>
  )

  return (
    <Show
      when={!mailedTo()}
      fallback={
        <Entrance title={words.checkYourMail}>
          <MailCheck class="size-12 text-accent" stroke-width={1.25} aria-hidden="true" />
          <p class="mt-5 leading-relaxed" role="status">
            {words.confirmationIsMailed(<strong class="font-semibold">{mailedTo()}</strong>)}
          </p>
          {back()}
        </Entrance>
      }
    >
      <Entrance title={words.createAnAccount} intro={words.worldsArePrivateByDefault}>
        <Show when={password.data?.signUp === false}>
          <Alert>{words.anAdministratorCreatesAccountsHere}</Alert>
        </Show>
        <Show when={password.data?.signUp}>
          <form class="grid gap-4" novalidate onSubmit={form.submit}>
            <div class="grid gap-4 sm:grid-cols-2">
              <Field {...form.field('firstName')} label={words.firstName} autocomplete="given-name" required />
              <Field {...form.field('lastName')} label={words.lastName} autocomplete="family-name" required />
            </div>
            <Field {...form.field('email')} label={words.eMail} type="email" autocomplete="username" required />
            <Field
              {...form.field('password')}
              label={common.password}
              type="password"
              autocomplete="new-password"
              hint={passwordHint}
              required
            />
            <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
            <Button look="primary" type="submit" class="min-h-12 text-base" disabled={form.isPending()}>
              {form.isPending() ? words.creating : words.createAccount}
            </Button>
          </form>
        </Show>
        {back()}
      </Entrance>
    </Show>
  )
}
