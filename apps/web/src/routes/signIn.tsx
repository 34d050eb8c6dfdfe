import { useQuery } from '@tanstack/solid-query'
import { Link, useNavigate, useSearch } from '@tanstack/solid-router'
import { For, Match, Show, Switch } from 'solid-js'
import { enter } from '../features/session/enter.ts'
import { Entrance, textLink } from '../features/session/entrance.tsx'
import { passwordQuery, providersQuery } from '../features/session/providers.ts'
import { postJson } from '../lib/failure.ts'
import { createForm } from '../lib/form.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Alert } from '../ui/notice.tsx'

export default function SignIn() {
  usePageTitle(() => 'Sign in')
  const search = useSearch({ from: '/sign-in' })
  const providers = useQuery(() => providersQuery)
  const password = useQuery(() => passwordQuery)
  const loginPath = (provider: string) =>
    `/auth/${provider}/login?${new URLSearchParams({ redirect: search().redirect ?? pagePaths.worlds })}`
  const retry = () => {
    void providers.refetch()
    void password.refetch()
  }

  return (
    <Entrance
      title="Welcome"
      intro="Build worlds, the people in them and the stories they tell. Sign in with an account you already have."
    >
      <Switch>
        <Match when={providers.isPending || password.isPending}>
          <div class="h-12 animate-[shimmer_1.6s_ease-in-out_infinite] rounded-full bg-sunk" />
        </Match>
        <Match when={providers.isError || password.isError}>
          <div class="grid gap-3">
            <Alert>Worldloom cannot be reached right now.</Alert>
            <Button onClick={retry}>Try again</Button>
          </div>
        </Match>
        <Match when={providers.data?.length === 0 && !password.data?.signIn}>
          <Alert>
            No way to sign in has been set up yet. Whoever runs this server can add one; .env.example says how.
          </Alert>
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
                    Continue with {provider.label}
                  </a>
                )}
              </For>
              <Show when={password.data?.signIn}>
                <Show when={list().length > 0}>
                  <p class="flex items-center gap-3 py-2 text-sm text-soft before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
                    or
                  </p>
                </Show>
                <PasswordForm redirect={search().redirect} isOnlyWay={list().length === 0} />
                <Show when={password.data?.signUp}>
                  <p class="pt-3 text-center text-sm text-soft">
                    New here?{' '}
                    <Link to={pagePaths.signUp} search={search()} class={textLink}>
                      Create an account
                    </Link>
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
    await postJson('/auth/password/sign-in', values)
    await enter(navigate, props.redirect)
  })
  return (
    <form class="grid gap-4" novalidate onSubmit={form.submit}>
      <Field {...form.field('email')} label="E-mail" type="email" autocomplete="username" required />
      <Field {...form.field('password')} label="Password" type="password" autocomplete="current-password" required />
      <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
      <Button
        look={props.isOnlyWay ? 'primary' : 'plain'}
        type="submit"
        class="min-h-12 text-base"
        disabled={form.isPending()}
      >
        {form.isPending() ? 'Signing in…' : 'Sign in'}
      </Button>
      <Link to={pagePaths.forgotPassword} class="justify-self-center text-sm text-soft underline underline-offset-4">
        Forgot your password?
      </Link>
    </form>
  )
}
