import { useMutation, useQuery } from '@tanstack/solid-query'
import { For, lazy, Show, Suspense } from 'solid-js'
import { passwordQuery, providerLabel, providersQuery } from '../features/session/providers.ts'
import * as words from '../features/settings/words.ts'
import { queryClient, type SignInAccounts, trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { failureOf, postJson } from '../lib/failure.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { timeAgo } from '../lib/time.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button } from '../ui/button.tsx'
import { Alert } from '../ui/notice.tsx'
import { Panel, Waiting } from '../ui/panel.tsx'
import { showToast } from '../ui/toast.ts'
import * as common from '../ui/words.ts'

const Devices = lazy(() => import('../features/settings/Devices.tsx'))
const PasswordForm = lazy(() => import('../features/settings/PasswordForm.tsx'))
const SecondFactors = lazy(() => import('../features/settings/SecondFactors.tsx'))

export default function SettingsSecurity() {
  usePageTitle(() => words.security)
  const accounts = useQuery(() => trpc.account.list.queryOptions())
  const password = useQuery(() => passwordQuery)
  return (
    <div class="grid gap-6">
      <EmailPanel />
      <Show when={dataOf(password)?.signIn}>
        <Panel
          title={common.password}
          hint={
            dataOf(accounts)?.password
              ? words.passwordUse(dataOf(accounts)?.password?.email ?? '')
              : words.youHaveNoneYetWith
          }
        >
          <Suspense fallback={<Waiting lines={2} />}>
            <Show when={dataOf(accounts)} fallback={<Waiting lines={2} />}>
              {(ways) => <PasswordForm hasPassword={ways().password !== null} />}
            </Show>
          </Suspense>
        </Panel>
      </Show>
      <Suspense fallback={<Waiting lines={3} />}>
        <SecondFactors />
      </Suspense>
      <Panel title={words.linkedAccounts} hint={words.youCanSignInWith}>
        <Show
          when={dataOf(accounts)}
          fallback={accounts.isError ? <Alert>{failureOf(accounts.error).message}</Alert> : <Waiting />}
        >
          {(ways) => <Accounts ways={ways()} />}
        </Show>
      </Panel>
      <Suspense fallback={<Waiting lines={3} />}>
        <Devices />
      </Suspense>
    </div>
  )
}

/** Shown while the address is not confirmed. */
function EmailPanel() {
  const me = useQuery(() => trpc.me.get.queryOptions())
  const password = useQuery(() => passwordQuery)
  const send = useMutation(() => ({
    mutationFn: () => postJson('/auth/email/send-verification'),
    onSuccess: () => showToast(dataOf(password)?.mail === 'sent' ? words.theMailIsOnIts : words.theLinkIsInThe),
    onError: (error) => showToast(failureOf(error).message),
  }))
  const isMailed = () => (dataOf(password)?.mail ?? 'none') !== 'none'
  return (
    <Show when={dataOf(me)?.email && !dataOf(me)?.emailVerified && isMailed()}>
      <Panel title={words.confirmYourAddress} hint={words.unconfirmedHint(dataOf(me)?.email ?? '')}>
        <Button onClick={() => send.mutate()} disabled={send.isPending}>
          {words.mailMeALink}
        </Button>
      </Panel>
    </Show>
  )
}

function Accounts(props: { ways: SignInAccounts }) {
  const providers = useQuery(() => providersQuery)
  const labelOf = (id: string) => {
    const found = dataOf(providers)?.find((provider) => provider.id === id)
    return found ? providerLabel(found) : id
  }
  const linkable = () =>
    dataOf(providers)?.filter(({ id }) => !props.ways.accounts.some(({ provider }) => provider === id)) ?? []
  const link = useMutation(() =>
    trpc.account.link.mutationOptions({
      onSuccess: ({ path }) => location.assign(path),
      onError: (error) => showToast(failureOf(error).message),
    }),
  )
  const unlink = useMutation(() =>
    trpc.account.unlink.mutationOptions({
      onSuccess: ({ provider }) => {
        showToast(words.unlinked(labelOf(provider)))
        void queryClient.invalidateQueries(trpc.account.pathFilter())
      },
      onError: (error) => showToast(failureOf(error).message),
    }),
  )
  return (
    <>
      <ul class="divide-y divide-line">
        <For each={props.ways.accounts} fallback={<li class="py-2 text-sm text-soft">{words.noneAtAll}</li>}>
          {(account) => (
            <li class="flex flex-wrap items-center justify-between gap-3 py-3">
              <div class="min-w-0">
                <p class="font-medium first-letter:uppercase">{labelOf(account.provider)}</p>
                <p class="text-sm text-soft">
                  {words.accountUse(account.email ?? words.noAddress, timeAgo(account.lastSignInAt))}
                </p>
              </div>
              <Button
                onClick={() => unlink.mutate({ provider: account.provider, subject: account.subject })}
                disabled={unlink.isPending}
              >
                {words.unlinkWhich(<span class="sr-only"> {labelOf(account.provider)}</span>)}
              </Button>
            </li>
          )}
        </For>
      </ul>
      <Show when={linkable().length > 0}>
        <div class="mt-4 flex flex-wrap gap-3">
          <For each={linkable()}>
            {(provider) => (
              <Button
                onClick={() => link.mutate({ provider: provider.id, redirect: pagePaths.settingsSecurity })}
                disabled={link.isPending}
              >
                {words.linkWith(providerLabel(provider))}
              </Button>
            )}
          </For>
        </div>
      </Show>
    </>
  )
}
