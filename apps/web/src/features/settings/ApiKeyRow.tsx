import { For, lazy, Show, Suspense } from 'solid-js'
import type { ApiKey } from '../../lib/api.ts'
import { listed } from '../../lib/list.ts'
import { timeAgo } from '../../lib/time.ts'
import { language } from '../../lib/words.ts'
import { Badge } from '../../ui/panel.tsx'
import type { ApiKeyActions } from './ApiKeyMenu.tsx'
import * as words from './words.ts'

// Loaded when it is opened.
const ApiKeyMenu = lazy(() => import('./ApiKeyMenu.tsx'))

const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })

export function ApiKeyRow(props: { apiKey: ApiKey; actions: ApiKeyActions }) {
  const isExpired = () => props.apiKey.expiresAt !== null && Date.parse(props.apiKey.expiresAt) <= Date.now()
  return (
    <li class="flex items-start justify-between gap-4 py-4">
      <div class="min-w-0">
        <p class="flex flex-wrap items-center gap-2 font-medium">
          {props.apiKey.name}
          <Show when={isExpired()}>
            <Badge look="danger">{words.expired}</Badge>
          </Show>
          <Show when={props.apiKey.leakedAt}>
            <Badge look="danger">{words.leaked}</Badge>
          </Show>
          <Show when={!props.apiKey.isActive && !props.apiKey.leakedAt}>
            <Badge look="danger">{words.inactive}</Badge>
          </Show>
        </p>
        <Show when={props.apiKey.leakedAt}>
          <p class="mt-0.5 text-sm">{words.leakedHint}</p>
        </Show>
        <Show when={props.apiKey.description}>
          <p class="mt-0.5 text-sm">{props.apiKey.description}</p>
        </Show>
        <p class="mt-1 text-sm text-soft">
          <code class="font-mono">{props.apiKey.masked}</code> ·{' '}
          {props.apiKey.lastUsedAt
            ? words.lastUsed(timeAgo(props.apiKey.lastUsedAt), props.apiKey.useCount)
            : words.neverUsed}{' '}
          ·{' '}
          {props.apiKey.expiresAt
            ? (isExpired() ? words.endedOn : words.endsOn)(day.format(new Date(props.apiKey.expiresAt)))
            : words.neverEnds}
        </p>
        <Show when={props.apiKey.previousExpiresAt && Date.parse(props.apiKey.previousExpiresAt) > Date.now()}>
          <p class="mt-0.5 text-sm text-soft">
            {words.previousKeyWorksUntil(new Date(props.apiKey.previousExpiresAt ?? '').toLocaleString(language))}
          </p>
        </Show>
        <Show when={props.apiKey.worlds}>
          {(worlds) => (
            <p class="mt-0.5 text-sm">
              {words.onlyIn(
                worlds().length > 0 ? listed(worlds().map(({ displayName }) => displayName)) : words.worldsThatAreGone,
              )}
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
