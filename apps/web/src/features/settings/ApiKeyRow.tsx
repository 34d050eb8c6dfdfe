import { For, lazy, Show, Suspense } from 'solid-js'
import type { ApiKey } from '../../lib/api.ts'
import { formatNumber } from '../../lib/number.ts'
import { timeAgo } from '../../lib/time.ts'
import { Badge } from '../../ui/panel.tsx'
import type { ApiKeyActions } from './ApiKeyMenu.tsx'

// Loaded when it is opened.
const ApiKeyMenu = lazy(() => import('./ApiKeyMenu.tsx'))

const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' })

export function ApiKeyRow(props: { apiKey: ApiKey; actions: ApiKeyActions }) {
  const isExpired = () => props.apiKey.expiresAt !== null && Date.parse(props.apiKey.expiresAt) <= Date.now()
  return (
    <li class="flex items-start justify-between gap-4 py-4">
      <div class="min-w-0">
        <p class="flex flex-wrap items-center gap-2 font-medium">
          {props.apiKey.name}
          <Show when={isExpired()}>
            <Badge look="danger">expired</Badge>
          </Show>
          <Show when={!props.apiKey.isActive}>
            <Badge look="danger">inactive</Badge>
          </Show>
        </p>
        <Show when={props.apiKey.description}>
          <p class="mt-0.5 text-sm">{props.apiKey.description}</p>
        </Show>
        <p class="mt-1 text-sm text-soft">
          <code class="font-mono">{props.apiKey.masked}</code> ·{' '}
          {props.apiKey.lastUsedAt
            ? `last used ${timeAgo(props.apiKey.lastUsedAt)}, ${formatNumber(props.apiKey.useCount)} times in all`
            : 'never used'}{' '}
          ·{' '}
          {props.apiKey.expiresAt
            ? `${isExpired() ? 'ended' : 'ends'} ${day.format(new Date(props.apiKey.expiresAt))}`
            : 'never ends'}
        </p>
        <Show when={props.apiKey.previousExpiresAt && Date.parse(props.apiKey.previousExpiresAt) > Date.now()}>
          <p class="mt-0.5 text-sm text-soft">
            The key before it works until {new Date(props.apiKey.previousExpiresAt ?? '').toLocaleString('en')}.
          </p>
        </Show>
        <Show when={props.apiKey.worlds}>
          {(worlds) => (
            <p class="mt-0.5 text-sm">
              Only in{' '}
              {worlds().length > 0
                ? new Intl.ListFormat('en').format(worlds().map(({ displayName }) => displayName))
                : 'worlds that are gone'}
            </p>
          )}
        </Show>
        <p class="mt-2 flex flex-wrap gap-1.5">
          <For each={props.apiKey.roles}>{(role) => <Badge look="accent">{role}</Badge>}</For>
          <For each={props.apiKey.permissions}>{(permission) => <Badge>{permission}</Badge>}</For>
        </p>
      </div>
      <Suspense fallback={<span class="size-10 shrink-0" />}>
        <ApiKeyMenu apiKey={props.apiKey} actions={props.actions} />
      </Suspense>
    </li>
  )
}
