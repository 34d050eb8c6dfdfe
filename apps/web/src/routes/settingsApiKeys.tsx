import { useMutation, useQuery } from '@tanstack/solid-query'
import KeyRound from 'lucide-solid/icons/key-round'
import Plus from 'lucide-solid/icons/plus'
import { createSignal, For, lazy, Match, Show, Switch } from 'solid-js'
import { Permitted, useMay } from '../features/session/permitted.tsx'
import { ApiKeyRow } from '../features/settings/ApiKeyRow.tsx'
import * as words from '../features/settings/words.ts'
import { type ApiKey, queryClient, trpc } from '../lib/api.ts'
import { failureOf } from '../lib/failure.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { Button } from '../ui/button.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { lazyDialog } from '../ui/lazyDialog.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Notice } from '../ui/notice.tsx'
import { Panel } from '../ui/panel.tsx'
import { showToast } from '../ui/toast.ts'

const ApiKeyDialog = lazyDialog(() => import('../features/settings/ApiKeyDialog.tsx'))
const ApiKeyUseDialog = lazyDialog(() => import('../features/settings/ApiKeyUseDialog.tsx'))
const RotateDialog = lazyDialog(() => import('../features/settings/RotateDialog.tsx'))
const KeyShown = lazy(() => import('../features/settings/KeyShown.tsx'))

type Open =
  | { readonly dialog: 'create' }
  | { readonly dialog: 'use' | 'rotate' | 'delete'; readonly apiKey: ApiKey }
  | { readonly dialog: 'shown'; readonly name: string; readonly value: string }

export default function SettingsApiKeys() {
  return (
    <Permitted needs="apiKey:read" procedure="apiKey.list">
      <ApiKeys />
    </Permitted>
  )
}

function ApiKeys() {
  usePageTitle(() => words.apiKeys)
  const may = useMay()
  const keys = useQuery(() => trpc.apiKey.list.queryOptions())
  const [open, setOpen] = createSignal<Open>()
  const close = () => setOpen(undefined)
  const refresh = () => queryClient.invalidateQueries(trpc.apiKey.pathFilter())
  const changed = { onError: (error: unknown) => showToast(failureOf(error).message), onSettled: () => void refresh() }
  const activate = useMutation(() => trpc.apiKey.activate.mutationOptions(changed))
  const deactivate = useMutation(() => trpc.apiKey.deactivate.mutationOptions(changed))
  const remove = useMutation(() => trpc.apiKey.delete.mutationOptions({ onSuccess: () => void refresh() }))
  const actions = {
    onToggle: ({ id, isActive }: ApiKey) => (isActive ? deactivate : activate).mutate({ id }),
    onUse: (apiKey: ApiKey) => setOpen({ dialog: 'use', apiKey }),
    onRotate: (apiKey: ApiKey) => setOpen({ dialog: 'rotate', apiKey }),
    onDelete: (apiKey: ApiKey) => setOpen({ dialog: 'delete', apiKey }),
  }
  const show = (name: string, value: string) => setOpen({ dialog: 'shown', name, value })
  const asked = (dialog: 'use' | 'rotate' | 'delete') => {
    const current = open()
    return current?.dialog === dialog ? current : undefined
  }
  const shown = () => {
    const current = open()
    return current?.dialog === 'shown' ? current : undefined
  }

  return (
    <>
      <Panel
        title={words.apiKeys}
        hint={words.programsThatActAsYou}
        actions={
          <Show when={may('apiKey:create')}>
            <Button look="primary" onClick={() => setOpen({ dialog: 'create' })}>
              <Plus class="size-4" aria-hidden="true" />
              {words.newKey}
            </Button>
          </Show>
        }
      >
        <Loaded
          query={keys}
          isEmpty={({ items }) => items.length === 0}
          empty={
            <Notice
              art={<KeyRound class="size-12 text-accent" stroke-width={1.25} aria-hidden="true" />}
              title={words.noKeysYet}
            >
              <p>{words.aScriptThatExportsA}</p>
            </Notice>
          }
        >
          {(list) => (
            <ul class="divide-y divide-line">
              <For each={list().items}>{(apiKey) => <ApiKeyRow apiKey={apiKey} actions={actions} />}</For>
            </ul>
          )}
        </Loaded>
      </Panel>
      <Switch>
        <Match when={open()?.dialog === 'create'}>
          <ApiKeyDialog onClose={close} onMade={show} />
        </Match>
        <Match when={asked('use')}>{(current) => <ApiKeyUseDialog apiKey={current().apiKey} onClose={close} />}</Match>
        <Match when={asked('rotate')}>
          {(current) => <RotateDialog apiKey={current().apiKey} onClose={close} onMade={show} />}
        </Match>
        <Match when={asked('delete')}>
          {(current) => (
            <Confirm
              title={words.deleteNamed(current().apiKey.name)}
              action={words.deleteTheKey}
              onClose={close}
              onConfirm={() => remove.mutateAsync({ id: current().apiKey.id })}
            >
              {words.programsThatUseItAre}
            </Confirm>
          )}
        </Match>
        <Match when={shown()}>
          {(current) => <KeyShown name={current().name} value={current().value} onClose={close} />}
        </Match>
      </Switch>
    </>
  )
}
