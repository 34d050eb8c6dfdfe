import { useQuery } from '@tanstack/solid-query'
import { For, Match, Show, Switch } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { failureOf, postJson } from '../../lib/failure.ts'
import { createForm } from '../../lib/form.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import { Waiting } from '../../ui/panel.tsx'
import * as common from '../../ui/words.ts'
import { CodeForm } from './CodeForm.tsx'
import { PasskeyButton } from './PasskeyButton.tsx'
import { hasPasskeys } from './passkeys.ts'
import { passwordQuery, providerLabel, providersQuery } from './providers.ts'
import * as words from './words.ts'

/** Asked before what would hurt most if somebody else sat at the browser: by any way that one has to sign in. */
export default function ConfirmItIsYou(props: { onAnswer: (isConfirmed: boolean) => void }) {
  const accounts = useQuery(() => trpc.account.list.queryOptions())
  const factors = useQuery(() => trpc.secondFactor.list.queryOptions())
  const password = useQuery(() => passwordQuery)
  const providers = useQuery(() => providersQuery)
  const linked = () =>
    dataOf(providers)?.filter(({ id }) => dataOf(accounts)?.accounts.some(({ provider }) => provider === id)) ?? []
  const loginPath = (provider: string) =>
    `/auth/${provider}/login?${new URLSearchParams({ redirect: location.pathname + location.search })}`
  const hasPasskey = () => hasPasskeys() && (dataOf(factors)?.passkeys.length ?? 0) > 0
  const failed = () => [accounts, factors, password, providers].find((query) => query.isError)?.error
  const hasAll = () => dataOf(accounts) && dataOf(factors) && dataOf(password) && dataOf(providers)
  return (
    <Dialog
      open
      title={words.confirmItIsYou}
      description={words.confirmItIsYouWhy}
      onClose={() => props.onAnswer(false)}
    >
      <Switch fallback={<Waiting lines={2} />}>
        <Match when={failed()}>{(error) => <Alert>{failureOf(error()).message}</Alert>}</Match>
        <Match when={hasAll()}>
          <div class="grid gap-6">
            <Show when={hasPasskey()}>
              <PasskeyButton path="/auth/confirm/passkey" look="primary" onShown={() => props.onAnswer(true)}>
                {words.useAPasskey}
              </PasskeyButton>
            </Show>
            <Show when={dataOf(password)?.signIn && dataOf(accounts)?.password}>
              <PasswordWay onDone={() => props.onAnswer(true)} />
            </Show>
            <Show when={dataOf(factors)?.totpSince}>
              <CodeForm
                label={words.codeOfYourApp}
                action={words.confirm}
                onCode={async (code) => {
                  await postJson('/auth/confirm/code', { code })
                  props.onAnswer(true)
                }}
              />
            </Show>
            <Show when={linked().length > 0}>
              <div class="grid gap-3">
                <For each={linked()}>
                  {(provider) => (
                    <a class={buttonClass('plain')} href={loginPath(provider.id)}>
                      {words.continueWith(providerLabel(provider))}
                    </a>
                  )}
                </For>
                <p class="text-sm text-soft">{words.youComeBackHere}</p>
              </div>
            </Show>
          </div>
        </Match>
      </Switch>
    </Dialog>
  )
}

function PasswordWay(props: { onDone: () => void }) {
  const form = createForm({ password: '' }, async (values) => {
    await postJson('/auth/confirm/password', values)
    props.onDone()
  })
  return (
    <form class="grid gap-3" novalidate onSubmit={form.submit}>
      <Field
        {...form.field('password')}
        label={common.password}
        type="password"
        autocomplete="current-password"
        required
      />
      <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
      <div>
        <Button type="submit" look="primary" disabled={form.isPending()}>
          {words.confirm}
        </Button>
      </div>
    </form>
  )
}
