import { useMutation, useQuery } from '@tanstack/solid-query'
import { For, Show } from 'solid-js'
import { type ApiKey, queryClient, type RouterOutputs, trpc } from '../../lib/api.ts'
import { failureOf } from '../../lib/failure.ts'
import { createForm } from '../../lib/form.ts'
import { timeAgo } from '../../lib/time.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Alert } from '../../ui/notice.tsx'
import { Badge, Waiting } from '../../ui/panel.tsx'
import { showToast } from '../../ui/toast.ts'
import * as common from '../../ui/words.ts'
import * as words from './words.ts'

type Usage = RouterOutputs['apiKey']['usage']

const written = (value: number | null) => (value === null ? '' : String(value))
const numberOf = (text: string) => (text.trim() === '' ? null : Number(text.replace(',', '.')))

/** What a key was used for, from where and how much; and what it may. */
export default function ApiKeyUseDialog(props: { apiKey: ApiKey; onClose: () => void }) {
  const usage = useQuery(() => trpc.apiKey.usage.queryOptions({ id: props.apiKey.id }))
  const refresh = () => queryClient.invalidateQueries(trpc.apiKey.pathFilter())
  const update = useMutation(() => trpc.apiKey.update.mutationOptions())
  const drop = useMutation(() => trpc.apiKey.dropPermissions.mutationOptions({ onSuccess: () => void refresh() }))
  const form = createForm(
    {
      allowedAddresses: props.apiKey.allowedAddresses?.join('\n') ?? '',
      monthlyRequests: written(props.apiKey.monthlyRequests),
      monthlyTokens: written(props.apiKey.monthlyTokens),
      monthlyCost: written(props.apiKey.monthlyCost),
    },
    async ({ allowedAddresses, monthlyRequests, monthlyTokens, monthlyCost }) => {
      const addresses = allowedAddresses.split(/[\s,]+/).filter((address) => address !== '')
      await update.mutateAsync({
        id: props.apiKey.id,
        allowedAddresses: addresses.length > 0 ? addresses : null,
        monthlyRequests: numberOf(monthlyRequests),
        monthlyTokens: numberOf(monthlyTokens),
        monthlyCost: numberOf(monthlyCost),
      })
      await refresh()
      showToast(words.limitsSaved)
      props.onClose()
    },
  )
  return (
    <Dialog open onClose={props.onClose} dismissible={!form.isPending()} title={words.useOf(props.apiKey.name)}>
      <div class="grid gap-6">
        <Loaded query={usage} waiting={<Waiting lines={4} />}>
          {(known) => (
            <>
              <p class="text-sm">
                {words.usedThisMonth(known().month.requests, known().month.tokens, known().month.cost)}
              </p>
              <Permissions
                usage={known()}
                isPending={drop.isPending}
                onDrop={(permissions) => drop.mutate({ id: props.apiKey.id, permissions })}
              />
              <Show when={drop.error}>{(error) => <Alert>{failureOf(error()).message}</Alert>}</Show>
              <Addresses usage={known()} />
            </>
          )}
        </Loaded>
        <form class="grid gap-5" novalidate onSubmit={form.submit}>
          <h3 class="text-base font-medium">{words.whatItMayUse}</h3>
          <Field
            {...form.field('allowedAddresses')}
            label={words.allowedAddresses}
            hint={words.allowedAddressesHint}
            rows={2}
          />
          <Field
            {...form.field('monthlyRequests')}
            label={words.requestsAMonth}
            type="number"
            hint={words.orAsMuchAsYou}
          />
          <Field {...form.field('monthlyTokens')} label={words.tokensAMonth} type="number" hint={words.orAsMuchAsYou} />
          <Field {...form.field('monthlyCost')} label={words.dollarsAMonth} type="number" hint={words.orAsMuchAsYou} />
          <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
          <div class={dialogActions}>
            <Button look="quiet" onClick={props.onClose} disabled={form.isPending()}>
              {common.cancel}
            </Button>
            <Button look="primary" type="submit" disabled={form.isPending()}>
              {common.save}
            </Button>
          </div>
        </form>
      </div>
    </Dialog>
  )
}

/** When each permission was used last, and those that it could do without. */
function Permissions(props: { usage: Usage; isPending: boolean; onDrop: (permissions: string[]) => void }) {
  const unused = () => props.usage.permissionUses.filter(({ isUnused }) => isUnused).map(({ name }) => name)
  return (
    <section class="grid gap-2">
      <h3 class="text-base font-medium">{words.whatItWasUsedFor}</h3>
      <ul class="grid gap-1 text-sm">
        <For each={props.usage.permissionUses}>
          {({ name, lastUsedAt, isUnused }) => (
            <li class="flex flex-wrap items-baseline justify-between gap-x-4">
              <code class="font-mono">{name}</code>
              <Show
                when={isUnused}
                fallback={<span class="text-soft">{lastUsedAt ? timeAgo(lastUsedAt) : words.neverUsed}</span>}
              >
                <Badge look="accent">{words.notNeeded}</Badge>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={unused().length > 0}>
        <p class="text-sm text-soft">{words.unusedHint}</p>
        <div>
          <Button disabled={props.isPending} onClick={() => props.onDrop(unused())}>
            {words.dropThese(unused().length)}
          </Button>
        </div>
      </Show>
    </section>
  )
}

function Addresses(props: { usage: Usage }) {
  return (
    <section class="grid gap-2">
      <h3 class="text-base font-medium">{words.fromWhere}</h3>
      <ul class="grid gap-1 text-sm">
        <For each={props.usage.addresses} fallback={<li class="text-soft">{words.fromNowhereYet}</li>}>
          {({ ipAddress, lastUsedAt, useCount }) => (
            <li class="flex flex-wrap items-baseline justify-between gap-x-4">
              <code class="font-mono break-all">{ipAddress}</code>
              <span class="text-soft">{words.lastUsed(timeAgo(lastUsedAt), useCount)}</span>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}
