import { useQuery } from '@tanstack/solid-query'
import { Link, useNavigate, useSearch } from '@tanstack/solid-router'
import type { SecondFactorWays } from '@worldloom/schema'
import { lazy, Match, Show, Switch } from 'solid-js'
import { CodeForm } from '../features/session/CodeForm.tsx'
import { enter } from '../features/session/enter.ts'
import { Entrance, textLink } from '../features/session/entrance.tsx'
import { hasPasskeys } from '../features/session/passkeys.ts'
import * as words from '../features/session/words.ts'
import { failureOf, getJson, postJson } from '../lib/failure.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Alert } from '../ui/notice.tsx'
import { Waiting } from '../ui/panel.tsx'

// Only for who has one.
const PasskeyButton = lazy(async () => ({
  default: (await import('../features/session/PasskeyButton.tsx')).PasskeyButton,
}))

/** For whoever has given the first factor: the second. */
export default function SecondFactor() {
  usePageTitle(() => words.secondFactor)
  const search = useSearch({ from: '/second-factor' })
  const navigate = useNavigate()
  const ways = useQuery(() => ({
    queryKey: ['second-factor'],
    queryFn: () => getJson<SecondFactorWays>('/auth/second-factor'),
    retry: false,
    staleTime: 0,
    gcTime: 0,
  }))
  const go = () => enter(navigate, search().redirect)
  return (
    <Entrance title={words.secondFactor} intro={words.secondFactorIntro}>
      <Switch fallback={<Waiting lines={2} />}>
        <Match when={ways.isError}>
          <div class="grid gap-3">
            <Alert>
              {failureOf(ways.error).status === 404 ? words.signInFromTheStart : failureOf(ways.error).message}
            </Alert>
            <Link to={pagePaths.signIn} search={search()} class={textLink}>
              {words.backToSigningIn}
            </Link>
          </div>
        </Match>
        <Match when={ways.data}>
          {(known) => (
            <div class="grid gap-6">
              <Show when={known().passkey && hasPasskeys()}>
                <PasskeyButton
                  path="/auth/second-factor/passkey"
                  look="primary"
                  class="min-h-12 text-base"
                  onShown={go}
                >
                  {words.useAPasskey}
                </PasskeyButton>
              </Show>
              <Show when={known().totp || known().recoveryCode}>
                <CodeForm
                  label={known().totp ? words.codeOfYourApp : words.recoveryCode}
                  {...(known().totp && known().recoveryCode && { hint: words.orARecoveryCode })}
                  action={words.signIn}
                  autofocus={known().totp}
                  onCode={async (code) => {
                    await postJson('/auth/second-factor/code', { code })
                    await go()
                  }}
                />
              </Show>
              <p class="text-sm text-soft">{words.lostThem}</p>
              <Link to={pagePaths.signIn} search={search()} class="text-sm text-soft underline underline-offset-4">
                {words.backToSigningIn}
              </Link>
            </div>
          )}
        </Match>
      </Switch>
    </Entrance>
  )
}
