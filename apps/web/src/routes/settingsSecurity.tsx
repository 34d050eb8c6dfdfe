import { useMutation, useQuery } from '@tanstack/solid-query'
import { createSignal, For, Match, Show, Switch } from 'solid-js'
import { passwordHint } from '../features/session/passwordHint.ts'
import { passwordQuery, providersQuery } from '../features/session/providers.ts'
import { type Device, procedureQueries, queryClient, type SignInAccounts, trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { failureOf, postJson } from '../lib/failure.ts'
import { createForm } from '../lib/form.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { timeAgo } from '../lib/time.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button } from '../ui/button.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { Field } from '../ui/field.tsx'
import { Alert } from '../ui/notice.tsx'
import { Badge, Panel, Waiting } from '../ui/panel.tsx'
import { showToast } from '../ui/toast.ts'

export default function SettingsSecurity() {
  usePageTitle(() => 'Security')
  const accounts = useQuery(() => trpc.account.list.queryOptions())
  const password = useQuery(() => passwordQuery)
  return (
    <div class="grid gap-6">
      <EmailPanel />
      <Show when={dataOf(password)?.signIn}>
        <Panel
          title="Password"
          hint={
            dataOf(accounts)?.password
              ? `You sign in with ${dataOf(accounts)?.password?.email}. Changing the password signs every other device out.`
              : 'You have none yet. With one you can sign in also without the accounts below.'
          }
        >
          <Show when={dataOf(accounts)} fallback={<Waiting lines={2} />}>
            {(ways) => <PasswordForm hasPassword={ways().password !== null} />}
          </Show>
        </Panel>
      </Show>
      <Panel title="Linked accounts" hint="You can sign in with any of them, and are the same person here.">
        <Show
          when={dataOf(accounts)}
          fallback={accounts.isError ? <Alert>{failureOf(accounts.error).message}</Alert> : <Waiting />}
        >
          {(ways) => <Accounts ways={ways()} />}
        </Show>
      </Panel>
      <Devices />
    </div>
  )
}

/** Shown while the address is not confirmed. */
function EmailPanel() {
  const me = useQuery(() => trpc.me.get.queryOptions())
  const password = useQuery(() => passwordQuery)
  const send = useMutation(() => ({
    mutationFn: () => postJson('/auth/email/send-verification'),
    onSuccess: () =>
      showToast(
        dataOf(password)?.mail === 'sent' ? 'The mail is on its way.' : 'The link is in the log of the server.',
      ),
    onError: (error) => showToast(failureOf(error).message),
  }))
  const isMailed = () => (dataOf(password)?.mail ?? 'none') !== 'none'
  return (
    <Show when={dataOf(me)?.email && !dataOf(me)?.emailVerified && isMailed()}>
      <Panel
        title="Confirm your address"
        hint={`Until ${dataOf(me)?.email} is confirmed, other accounts with it are not joined with yours.`}
      >
        <Button onClick={() => send.mutate()} disabled={send.isPending}>
          Mail me a link
        </Button>
      </Panel>
    </Show>
  )
}

function PasswordForm(props: { hasPassword: boolean }) {
  const form = createForm({ currentPassword: '', newPassword: '' }, async ({ currentPassword, newPassword }) => {
    await postJson('/auth/password/change', {
      newPassword,
      ...(props.hasPassword && { currentPassword }),
    })
    showToast(props.hasPassword ? 'Your password is changed.' : 'Your password is set.')
    form.reset()
    await queryClient.invalidateQueries(procedureQueries)
  })
  return (
    <form class="grid max-w-md gap-4" novalidate onSubmit={form.submit}>
      <Show when={props.hasPassword}>
        <Field
          {...form.field('currentPassword')}
          label="Current password"
          type="password"
          autocomplete="current-password"
          required
        />
      </Show>
      <Field
        {...form.field('newPassword')}
        label="New password"
        type="password"
        autocomplete="new-password"
        hint={passwordHint}
        required
      />
      <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
      <div>
        <Button type="submit" disabled={form.isPending()}>
          {props.hasPassword ? 'Change the password' : 'Set a password'}
        </Button>
      </div>
    </form>
  )
}

function Accounts(props: { ways: SignInAccounts }) {
  const providers = useQuery(() => providersQuery)
  const labelOf = (id: string) => dataOf(providers)?.find((provider) => provider.id === id)?.label ?? id
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
        showToast(`You can no longer sign in with ${labelOf(provider)}.`)
        void queryClient.invalidateQueries(trpc.account.pathFilter())
      },
      onError: (error) => showToast(failureOf(error).message),
    }),
  )
  return (
    <>
      <ul class="divide-y divide-line">
        <For each={props.ways.accounts} fallback={<li class="py-2 text-sm text-soft">None.</li>}>
          {(account) => (
            <li class="flex flex-wrap items-center justify-between gap-3 py-3">
              <div class="min-w-0">
                <p class="font-medium first-letter:uppercase">{labelOf(account.provider)}</p>
                <p class="text-sm text-soft">
                  {account.email ?? 'no address'} · last used {timeAgo(account.lastSignInAt)}
                </p>
              </div>
              <Button
                onClick={() => unlink.mutate({ provider: account.provider, subject: account.subject })}
                disabled={unlink.isPending}
              >
                Unlink<span class="sr-only"> {labelOf(account.provider)}</span>
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
                Link {provider.label}
              </Button>
            )}
          </For>
        </div>
      </Show>
    </>
  )
}

function Devices() {
  const devices = useQuery(() => trpc.session.list.queryOptions())
  const [isEndingAll, setEndingAll] = createSignal(false)
  const refresh = () => queryClient.invalidateQueries(trpc.session.pathFilter())
  const revoke = useMutation(() =>
    trpc.session.revoke.mutationOptions({
      onSuccess: () => showToast('That device is signed out.'),
      onError: (error) => showToast(failureOf(error).message),
      onSettled: () => void refresh(),
    }),
  )
  const revokeOthers = useMutation(() => trpc.session.revokeOthers.mutationOptions({ onSuccess: () => void refresh() }))
  return (
    <Panel
      title="Devices"
      hint="Where you are signed in: browsers, and programs that took a token with your password."
      actions={
        <Show when={(dataOf(devices)?.length ?? 0) > 1}>
          <Button onClick={() => setEndingAll(true)}>Sign out all others</Button>
        </Show>
      }
    >
      <Switch>
        <Match when={devices.isPending}>
          <Waiting />
        </Match>
        <Match when={devices.isError}>
          <Alert>{failureOf(devices.error).message}</Alert>
        </Match>
        <Match when={dataOf(devices)}>
          {(list) => (
            <ul class="divide-y divide-line">
              <For each={list()}>
                {(device) => <DeviceRow device={device} onRevoke={() => revoke.mutate({ id: device.id })} />}
              </For>
            </ul>
          )}
        </Match>
      </Switch>
      <Show when={isEndingAll()}>
        <Confirm
          title="Sign out everywhere else?"
          action="Sign out all others"
          onClose={() => setEndingAll(false)}
          onConfirm={() => revokeOthers.mutateAsync()}
        >
          Every browser and program but this one has to sign in again. It holds at once.
        </Confirm>
      </Show>
    </Panel>
  )
}

function DeviceRow(props: { device: Device; onRevoke: () => void }) {
  return (
    <li class="flex flex-wrap items-center justify-between gap-3 py-3">
      <div class="min-w-0">
        <p class="flex flex-wrap items-center gap-2 font-medium">
          {props.device.device}
          <Show when={props.device.isCurrent}>
            <Badge look="good">this one</Badge>
          </Show>
          <Show when={props.device.kind === 'token'}>
            <Badge>program</Badge>
          </Show>
        </p>
        <p class="text-sm text-soft">
          {props.device.ipAddress ?? 'address unknown'} · seen {timeAgo(props.device.lastSeenAt)} · signed in{' '}
          {timeAgo(props.device.createdAt)}
        </p>
      </div>
      <Show when={!props.device.isCurrent}>
        <Button onClick={props.onRevoke}>
          Sign out<span class="sr-only"> {props.device.device}</span>
        </Button>
      </Show>
    </li>
  )
}
