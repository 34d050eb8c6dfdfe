import { useMutation, useQuery } from '@tanstack/solid-query'
import Plug from 'lucide-solid/icons/plug'
import Plus from 'lucide-solid/icons/plus'
import { createSignal, For, lazy, Match, Show, Switch } from 'solid-js'
import * as words from '../features/apps/words.ts'
import { Permitted, useMay } from '../features/session/permitted.tsx'
import { queryClient, type RegisteredClient, type RouterOutputs, trpc } from '../lib/api.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { Button } from '../ui/button.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { lazyDialog } from '../ui/lazyDialog.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Notice } from '../ui/notice.tsx'
import { Badge, Panel } from '../ui/panel.tsx'

const ClientDialog = lazyDialog(() => import('../features/apps/ClientDialog.tsx'))
const ShownOnce = lazy(async () => ({ default: (await import('../ui/shownOnce.tsx')).ShownOnce }))

type Open =
  | { readonly dialog: 'create' }
  | { readonly dialog: 'delete'; readonly client: RegisteredClient }
  | { readonly dialog: 'secret'; readonly name: string; readonly secret: string }

/** The apps that may ask people for access. */
export default function AdminApps() {
  return (
    <Permitted needs="oauthClient:read" procedure="oauthClient.list">
      <Clients />
    </Permitted>
  )
}

function Clients() {
  usePageTitle(() => words.appsRegistered)
  const may = useMay()
  const clients = useQuery(() => trpc.oauthClient.list.queryOptions())
  const [open, setOpen] = createSignal<Open>()
  const close = () => setOpen(undefined)
  const remove = useMutation(() =>
    trpc.oauthClient.delete.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries(trpc.oauthClient.pathFilter()),
    }),
  )
  const made = ({ name, secret }: RouterOutputs['oauthClient']['create']) =>
    setOpen(secret === null ? undefined : { dialog: 'secret', name, secret })
  const asked = () => {
    const current = open()
    return current?.dialog === 'delete' ? current.client : undefined
  }
  const shown = () => {
    const current = open()
    return current?.dialog === 'secret' ? current : undefined
  }
  return (
    <>
      <h1 class="sr-only">{words.appsRegistered}</h1>
      <Panel
        title={words.appsRegistered}
        hint={words.appsRegisteredHint}
        actions={
          <Show when={may('oauthClient:create')}>
            <Button look="primary" onClick={() => setOpen({ dialog: 'create' })}>
              <Plus class="size-4" aria-hidden="true" />
              {words.newApp}
            </Button>
          </Show>
        }
      >
        <Loaded
          query={clients}
          what={words.theApps}
          isEmpty={({ items }) => items.length === 0}
          empty={
            <Notice
              art={<Plug class="size-12 text-accent" stroke-width={1.25} aria-hidden="true" />}
              title={words.noAppsRegistered}
            >
              <p>{words.noAppsRegisteredHint}</p>
            </Notice>
          }
        >
          {(list) => (
            <ul class="divide-y divide-line">
              <For each={list().items}>
                {(client) => (
                  <li class="flex flex-wrap items-start justify-between gap-4 py-4">
                    <div class="min-w-0">
                      <p class="flex flex-wrap items-center gap-2 font-medium">
                        {client.name}
                        <Show when={client.isConfidential}>
                          <Badge>{words.hasASecret}</Badge>
                        </Show>
                      </p>
                      <p class="mt-1 text-sm text-soft">
                        {words.clientId} <code class="font-mono break-all">{client.id}</code>
                      </p>
                      <p class="mt-0.5 text-sm text-soft">
                        {[
                          client.isSelfRegistered && words.registeredItself,
                          client.registeredBy && words.registeredBy(client.registeredBy.displayName),
                          words.grantsOf(client.grants),
                        ]
                          .filter(Boolean)
                          .join(' · ')}
                      </p>
                      <ul class="mt-2 grid gap-0.5 text-sm">
                        <For each={client.redirectUris}>
                          {(uri) => (
                            <li>
                              <code class="font-mono break-all">{uri}</code>
                            </li>
                          )}
                        </For>
                      </ul>
                    </div>
                    <Show when={may('oauthClient:delete')}>
                      <Button onClick={() => setOpen({ dialog: 'delete', client })}>
                        {words.remove}
                        <span class="sr-only"> ({client.name})</span>
                      </Button>
                    </Show>
                  </li>
                )}
              </For>
            </ul>
          )}
        </Loaded>
      </Panel>
      <Switch>
        <Match when={open()?.dialog === 'create'}>
          <ClientDialog onClose={close} onMade={made} />
        </Match>
        <Match when={asked()}>
          {(client) => (
            <Confirm
              title={words.removeNamed(client().name)}
              action={words.removeIt}
              onClose={close}
              onConfirm={() => remove.mutateAsync({ id: client().id })}
            >
              {words.removeHint}
            </Confirm>
          )}
        </Match>
        <Match when={shown()}>
          {(current) => (
            <ShownOnce title={current().name} label={words.clientSecret} value={current().secret} onClose={close}>
              {words.secretHint}
            </ShownOnce>
          )}
        </Match>
      </Switch>
    </>
  )
}
