import { useMutation, useQuery } from '@tanstack/solid-query'
import Plug from 'lucide-solid/icons/plug'
import { createSignal, For, Show } from 'solid-js'
import { PermissionText } from '../features/apps/PermissionText.tsx'
import * as words from '../features/apps/words.ts'
import { Permitted, useMay } from '../features/session/permitted.tsx'
import * as settings from '../features/settings/words.ts'
import { type AppGrant, queryClient, trpc } from '../lib/api.ts'
import { listed } from '../lib/list.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { timeAgo } from '../lib/time.ts'
import { language } from '../lib/words.ts'
import { Button } from '../ui/button.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Notice } from '../ui/notice.tsx'
import { Panel } from '../ui/panel.tsx'

const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })

/** The apps that act in one's name. */
export default function SettingsApps() {
  return (
    <Permitted needs="grant:read" procedure="grant.list">
      <Apps />
    </Permitted>
  )
}

function Apps() {
  usePageTitle(() => words.apps)
  const may = useMay()
  const grants = useQuery(() => trpc.grant.list.queryOptions())
  const [asked, setAsked] = createSignal<AppGrant>()
  const revoke = useMutation(() =>
    trpc.grant.revoke.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries(trpc.grant.pathFilter()),
    }),
  )
  return (
    <>
      <Panel title={words.apps} hint={words.appsHint}>
        <Loaded
          query={grants}
          what={words.theApps}
          isEmpty={({ items }) => items.length === 0}
          empty={
            <Notice
              art={<Plug class="size-12 text-accent" stroke-width={1.25} aria-hidden="true" />}
              title={words.noAppsYet}
            >
              <p>{words.noAppsYetHint}</p>
            </Notice>
          }
        >
          {(list) => (
            <ul class="divide-y divide-line">
              <For each={list().items}>
                {(grant) => (
                  <li class="flex flex-wrap items-start justify-between gap-4 py-4">
                    <div class="min-w-0">
                      <p class="font-medium">{grant.client.name}</p>
                      <p class="mt-1 text-sm text-soft">
                        {words.since(day.format(new Date(grant.createdAt)))} ·{' '}
                        {grant.lastUsedAt
                          ? settings.lastUsed(timeAgo(grant.lastUsedAt), grant.useCount)
                          : settings.neverUsed}{' '}
                        ·{' '}
                        {grant.expiresAt ? settings.endsOn(day.format(new Date(grant.expiresAt))) : settings.neverEnds}
                      </p>
                      <ul class="mt-2 grid gap-0.5 text-sm">
                        <For each={grant.permissions} fallback={<li>{words.itMayDoNothingYet}</li>}>
                          {(permission) => (
                            <li>
                              <PermissionText name={permission} />
                            </li>
                          )}
                        </For>
                      </ul>
                      <Show when={grant.worlds}>
                        {(worlds) => (
                          <p class="mt-1 text-sm">
                            {settings.onlyIn(
                              worlds().length > 0
                                ? listed(worlds().map(({ displayName }) => displayName))
                                : settings.worldsThatAreGone,
                            )}
                          </p>
                        )}
                      </Show>
                    </div>
                    <Show when={may('grant:delete')}>
                      <Button onClick={() => setAsked(grant)}>
                        {words.takeAway}
                        <span class="sr-only"> ({grant.client.name})</span>
                      </Button>
                    </Show>
                  </li>
                )}
              </For>
            </ul>
          )}
        </Loaded>
      </Panel>
      <Show when={asked()}>
        {(grant) => (
          <Confirm
            title={words.takeAwayNamed(grant().client.name)}
            action={words.takeAway}
            onClose={() => setAsked(undefined)}
            onConfirm={() => revoke.mutateAsync({ id: grant().id })}
          >
            {words.takeAwayHint}
          </Confirm>
        )}
      </Show>
    </>
  )
}
