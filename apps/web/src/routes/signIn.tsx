import { useQuery } from '@tanstack/solid-query'
import { Link, useNavigate, useSearch } from '@tanstack/solid-router'
import { For, Match, Show, Switch } from 'solid-js'
import { enter } from '../features/session/enter.ts'
import { Entrance, textLink } from '../features/session/entrance.tsx'
import { PasskeyButton } from '../features/session/PasskeyButton.tsx'
import { hasPasskeys } from '../features/session/passkeys.ts'
import { passwordQuery, providerLabel, providersQuery } from '../features/session/providers.ts'
import * as words from '../features/session/words.ts'
import { postJson } from '../lib/failure.ts'
import { createForm } from '../lib/form.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Alert } from '../ui/notice.tsx'
import * as common from '../ui/words.ts'

export default function SignIn() {
  usePageTitle(() => words.signIn)
  const search = useSearch({ from: '/sign-in' })
  const navigate = useNavigate()
  const providers = useQuery(() => providersQuery)
  const password = useQuery(() => passwordQuery)
  const loginPath = (provider: string) =>
    `/auth/${provider}/login?${new URLSearchParams({ redirect: search().redirect ?? pagePaths.worlds })}`
  const retry = () => {
    void providers.refetch()
    void password.refetch()
  }

  return (
    <Entrance title={words.welcome} intro={words.buildWorldsThePeopleIn}>
      <Switch>
        <Match when={providers.isPending || password.isPending}>
          <div class="h-12 animate-[shimmer_1.6s_ease-in-out_infinite] rounded-full bg-sunk" />
        </Match>
        <Match when={providers.isError || password.isError}>
          <div class="grid gap-3">
            <Alert>{words.worldloomCannotBeReachedRight}</Alert>
            <Button onClick={retry}>{common.tryAgain}</Button>
          </div>
        </Match>
        <Match when={providers.data?.length === 0 && !password.data?.signIn}>
          <Alert>{words.noWayToSignIn}</Alert>
        </Match>
        <Match when={providers.data}>
          {(list) => (
            <div class="grid gap-3">
              <For each={list()}>
                {(provider, index) => (
                  <a
                    class={buttonClass(index() === 0 ? 'primary' : 'plain', 'min-h-12 text-base')}
                    href={loginPath(provider.id)}
                  >
                    {words.continueWith(providerLabel(provider))}
                  </a>
                )}
              </For>
              <Show when={hasPasskeys()}>
                <PasskeyButton
                  path="/auth/passkey"
                  class="min-h-12 text-base"
                  onShown={() => enter(navigate, search().redirect)}
                >
                  {words.signInWithAPasskey}
                </PasskeyButton>
              </Show>
              <Show when={password.data?.signIn}>
                <Show when={list().length > 0}>
                  <p class="flex items-center gap-3 py-2 text-sm text-soft before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
                    {words.or}
                  </p>
                </Show>
                <PasswordForm redirect={search().redirect} isOnlyWay={list().length === 0} />
                <Show when={password.data?.signUp}>
                  <p class="pt-3 text-center text-sm text-soft">
                    {words.newHere(
                      <Link to={pagePaths.signUp} search={search()} class={textLink}>
                        {words.createAnAccount}
                      </Link>,
                    )}
                  </p>
                </Show>
              </Show>
            </div>
          )}
        </Match>
      </Switch>
    </Entrance>
  )
}

function PasswordForm(props: { redirect: string | undefined; isOnlyWay: boolean }) {
  const navigate = useNavigate()
  const form = createForm({ email: '', password: '' }, async (values) => {
    const answer = await postJson('/auth/password/sign-in', values)
    if (answer === undefined) await enter(navigate, props.redirect)
    else await navigate({ to: pagePaths.secondFactor, search: props.redirect ? { redirect: props.redirect } : {} })
  })
  return (
    <form class="grid gap-4" novalidate onSubmit={form.submit}>
      <Field {...form.field('email')} label={words.eMail} type="email" autocomplete="username" required />
      <Field
        {...form.field('password')}
        label={common.password}
        type="password"
        autocomplete="current-password"
        required
      />
      <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
      <Button
        look={props.isOnlyWay ? 'primary' : 'plain'}
        type="submit"
        class="min-h-12 text-base"
        disabled={form.isPending()}
      >
        {form.isPending() ? words.signingIn : words.signIn}
      </Button>
      <Link to={pagePaths.forgotPassword} class="justify-self-center text-sm text-soft underline underline-offset-4">
        {words.forgotYourPassword}
      </Link>
    </form>
  )
}
