import { useMutation, useQuery } from '@tanstack/solid-query'
import { createSignal, For, Show } from 'solid-js'
import { queryClient, trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { createForm } from '../../lib/form.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import { WorldLimit } from './WorldLimit.tsx'
import * as words from './words.ts'

const lifetimes = [
  ['30', common.in30Days],
  ['90', words.in90Days],
  ['365', words.inAYear],
  ['never', words.never],
] as const

type Lifetime = (typeof lifetimes)[number][0]

/** Creates a key for a program, with its purpose, lifetime and permissions. */
export default function ApiKeyDialog(props: { onClose: () => void; onMade: (name: string, key: string) => void }) {
  const me = useQuery(() => trpc.me.get.queryOptions())
  const [lifetime, setLifetime] = createSignal<Lifetime>('90')
  const [roles, setRoles] = createSignal<readonly string[]>([])
  const [permissions, setPermissions] = createSignal<readonly string[]>([])
  const [worldIds, setWorldIds] = createSignal<readonly string[]>()
  const create = useMutation(() => trpc.apiKey.create.mutationOptions())
  const form = createForm({ name: '', description: '' }, async (values) => {
    const only = worldIds()
    const made = await create.mutateAsync({
      ...values,
      roles: [...roles()],
      permissions: [...permissions()],
      ...(only && { worldIds: [...only] }),
      expiresAt: lifetime() === 'never' ? null : new Date(Date.now() + Number(lifetime()) * 86_400_000).toISOString(),
    })
    await queryClient.invalidateQueries(trpc.apiKey.pathFilter())
    props.onMade(made.name, made.key)
  })
  const missing = () => {
    if (roles().length + permissions().length === 0) return words.chooseWhatItMayDo
    return worldIds()?.length === 0 ? words.chooseTheWorlds : undefined
  }
  const toggled = (list: readonly string[], name: string) =>
    list.includes(name) ? list.filter((other) => other !== name) : [...list, name]

  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={!form.isPending()}
      title={words.aNewApiKey}
      description={words.forAProgramThatActs}
    >
      <form class="grid gap-5" novalidate onSubmit={form.submit}>
        <Field {...form.field('name')} label={common.name} hint={words.whatItIsForE} required autofocus />
        <Field {...form.field('description')} label={common.description} rows={2} />
        <Choice label={words.stopsWorking} value={lifetime()} onChange={setLifetime} options={lifetimes} />
        <Scopes
          legend={words.byRoles}
          hint={words.allThatTheRolePermits}
          names={dataOf(me)?.roles ?? []}
          chosen={roles()}
          onToggle={(name) => setRoles(toggled(roles(), name))}
        />
        <fieldset>
          <legend class="text-sm font-medium">{words.singly}</legend>
          <div class="mt-2 grid gap-y-1 rounded-2xl border border-line bg-card p-4">
            <For each={byResource(dataOf(me)?.permissions ?? [])}>
              {([resource, names]) => (
                <Scopes
                  legend={resourceLabel(resource)}
                  names={names}
                  chosen={permissions()}
                  onToggle={(name) => setPermissions(toggled(permissions(), name))}
                />
              )}
            </For>
          </div>
        </fieldset>
        <WorldLimit worldIds={worldIds()} onChange={setWorldIds} />
        <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
        <div class={dialogActions}>
          <Show when={missing()}>
            <p class="mr-auto self-center text-sm text-soft">{missing()}</p>
          </Show>
          <Button look="quiet" onClick={props.onClose} disabled={form.isPending()}>
            {common.cancel}
          </Button>
          <Button look="primary" type="submit" disabled={form.isPending() || missing() !== undefined}>
            {words.createKey}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Scopes(props: {
  legend: string
  hint?: string
  names: readonly string[]
  chosen: readonly string[]
  onToggle: (name: string) => void
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend can't be placed beside its fields
    <div
      role="group"
      aria-label={props.legend}
      classList={{ 'sm:grid sm:grid-cols-[7rem_1fr] sm:items-baseline': !props.hint }}
    >
      <p class="text-sm font-medium">{props.legend}</p>
      <Show when={props.hint}>
        <p class="text-sm text-soft">{props.hint}</p>
      </Show>
      <div class="mt-1 flex flex-wrap gap-x-4">
        <For each={props.names}>
          {(name) => (
            <label class="flex min-h-9 items-center gap-2 text-sm">
              <input
                type="checkbox"
                class="size-4 accent-accent"
                checked={props.chosen.includes(name)}
                onChange={() => props.onToggle(name)}
              />
              {name.split(':').at(-1)}
              <Show when={name.includes(':')}>
                <span class="sr-only"> ({name})</span>
              </Show>
            </label>
          )}
        </For>
      </div>
    </div>
  )
}

/** Groups permissions by resource: `world:read` and `world:create` under `world`. */
function byResource(permissions: readonly string[]): [string, string[]][] {
  const groups = new Map<string, string[]>()
  for (const name of permissions) {
    const resource = name.split(':', 1)[0] ?? ''
    groups.set(resource, [...(groups.get(resource) ?? []), name])
  }
  return [...groups].sort(([one], [other]) => (one === 'world' ? -1 : other === 'world' ? 1 : one.localeCompare(other)))
}

function resourceLabel(resource: string): string {
  return resource === 'apiKey' ? words.apiKey : resource.charAt(0).toUpperCase() + resource.slice(1)
}
