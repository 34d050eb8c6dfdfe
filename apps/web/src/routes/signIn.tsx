import { useQuery } from '@tanstack/solid-query'
import { useSearch } from '@tanstack/solid-router'
import { For, Match, Switch } from 'solid-js'
import { listProviders } from '../features/session/providers.ts'
import { dusk, WorldCover } from '../features/worlds/WorldCover.tsx'
import { usePageTitle } from '../lib/pageTitle.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Logo } from '../ui/Logo.tsx'
import { Alert } from '../ui/notice.tsx'

export default function SignIn() {
  usePageTitle(() => 'Sign in')
  const search = useSearch({ from: '/sign-in' })
  const providers = useQuery(() => ({
    queryKey: ['providers'],
    queryFn: listProviders,
    staleTime: Number.POSITIVE_INFINITY,
  }))
  const loginPath = (provider: string) =>
    `/auth/${provider}/login?${new URLSearchParams({ redirect: search().redirect ?? '/worlds' })}`

  return (
    <main class="grid min-h-dvh grow grid-rows-[auto_1fr] lg:grid-cols-[1.15fr_1fr] lg:grid-rows-1">
      <div class="relative h-48 overflow-hidden lg:h-auto">
        <WorldCover id="worldloom" palette={dusk} class="absolute inset-0 size-full" />
        <p class="absolute bottom-10 left-10 hidden max-w-md font-display text-4xl leading-tight font-medium text-white lg:block">
          Every world begins as a single line somebody bothered to write down.
        </p>
      </div>
      <div class="mx-auto flex w-full max-w-md flex-col px-6 py-12 lg:justify-center">
        <Logo />
        <h1 class="mt-8 text-4xl">Welcome</h1>
        <p class="mt-3 leading-relaxed text-soft">
          Build worlds, the people in them and the stories they tell. Sign in with an account you already have.
        </p>
        <div class="mt-8 grid gap-3">
          <Switch>
            <Match when={providers.isPending}>
              <div class="h-12 animate-[shimmer_1.6s_ease-in-out_infinite] rounded-full bg-sunk" />
            </Match>
            <Match when={providers.isError}>
              <Alert>Worldloom can not be reached just now.</Alert>
              <Button onClick={() => providers.refetch()}>Try again</Button>
            </Match>
            <Match when={providers.data?.length === 0}>
              <Alert>
                No way to sign in has been set up yet. Whoever runs this server can add one with OIDC_PROVIDERS;
                .env.example says how.
              </Alert>
            </Match>
            <Match when={providers.data}>
              {(list) => (
                <For each={list()}>
                  {(provider) => (
                    <a class={buttonClass('primary', 'min-h-12 text-base')} href={loginPath(provider.id)}>
                      Continue with {provider.label}
                    </a>
                  )}
                </For>
              )}
            </Match>
          </Switch>
        </div>
      </div>
    </main>
  )
}
