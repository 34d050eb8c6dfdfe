import { useMutation, useQuery } from '@tanstack/solid-query'
import Plus from 'lucide-solid/icons/plus'
import { createSignal, For, Match, Show, Switch } from 'solid-js'
import * as words from '../features/admin/words.ts'
import { Permitted, useMay } from '../features/session/permitted.tsx'
import { queryClient, type Role, trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { failureOf } from '../lib/failure.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { Button } from '../ui/button.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { lazyDialog } from '../ui/lazyDialog.tsx'
import { Alert } from '../ui/notice.tsx'
import { Waiting } from '../ui/panel.tsx'
import { showToast } from '../ui/toast.ts'
import * as common from '../ui/words.ts'

const NameDialog = lazyDialog(() => import('../features/admin/NameDialog.tsx'))

type Open =
  | { readonly dialog: 'newRole' | 'newPermission' }
  | { readonly dialog: 'deleteRole' | 'deletePermission'; readonly name: string }

export default function AdminRoles() {
  return (
    <Permitted needs="role:read" procedure="role.list">
      <Roles />
    </Permitted>
  )
}

/** A table of roles and permissions. Each tick is a grant and takes effect at once for everybody with the role. */
function Roles() {
  usePageTitle(() => words.roles)
  const may = useMay()
  const roles = useQuery(() => trpc.role.list.queryOptions())
  const permissions = useQuery(() => ({ ...trpc.permission.list.queryOptions(), enabled: may('permission:read') }))
  const [open, setOpen] = createSignal<Open>()
  const [taking, setTaking] = createSignal<{ readonly role: Role; readonly permission: string }>()
  const close = () => setOpen(undefined)
  const refresh = async () => {
    await Promise.all([
      queryClient.invalidateQueries(trpc.role.pathFilter()),
      queryClient.invalidateQueries(trpc.permission.pathFilter()),
      // These may be one's own.
      queryClient.invalidateQueries(trpc.me.pathFilter()),
    ])
  }
  const options = { onError: (error: unknown) => showToast(failureOf(error).message), onSettled: () => refresh() }
  const add = useMutation(() => trpc.role.addPermission.mutationOptions(options))
  const remove = useMutation(() => trpc.role.removePermission.mutationOptions(options))
  const createRole = useMutation(() => trpc.role.create.mutationOptions({ onSuccess: () => refresh() }))
  const createPermission = useMutation(() => trpc.permission.create.mutationOptions({ onSuccess: () => refresh() }))
  const deleteRole = useMutation(() => trpc.role.delete.mutationOptions({ onSuccess: () => refresh() }))
  const deletePermission = useMutation(() => trpc.permission.delete.mutationOptions({ onSuccess: () => refresh() }))

  const toggle = (role: Role, permission: string, input: HTMLInputElement) => {
    const isGranted = role.permissions.includes(permission)
    input.checked = isGranted
    if (!isGranted) add.mutate({ role: role.name, permission })
    // Tried against what people did lately, by whoever may read that.
    else if (may('audit:read')) setTaking({ role, permission })
    else remove.mutate({ role: role.name, permission })
  }
  const asked = (dialog: 'deleteRole' | 'deletePermission') => {
    const current = open()
    return current?.dialog === dialog ? current : undefined
  }

  return (
    <>
      <div class="mb-6 flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 class="text-2xl">{words.whatRolesPermit}</h1>
          <p class="mt-1 max-w-prose text-sm text-soft">{words.permissionsHint}</p>
        </div>
        <div class="flex flex-wrap gap-3">
          <Show when={may('permission:create')}>
            <Button onClick={() => setOpen({ dialog: 'newPermission' })}>
              <Plus class="size-4" aria-hidden="true" />
              {words.newPermission}
            </Button>
          </Show>
          <Show when={may('role:create')}>
            <Button look="primary" onClick={() => setOpen({ dialog: 'newRole' })}>
              <Plus class="size-4" aria-hidden="true" />
              {words.newRole}
            </Button>
          </Show>
        </div>
      </div>

      <Switch>
        <Match when={roles.isPending || permissions.isPending}>
          <Waiting lines={8} />
        </Match>
        <Match when={roles.error ?? permissions.error}>{(error) => <Alert>{failureOf(error()).message}</Alert>}</Match>
        <Match when={dataOf(roles)}>
          {(list) => (
            // Focusable, as it scrolls.
            <section
              class="overflow-x-auto rounded-3xl border border-line bg-card shadow-card"
              tabindex="0"
              aria-label={words.rolesAndPermissions}
            >
              <table class="w-full border-collapse text-sm">
                <thead>
                  <tr class="border-b border-line">
                    <th class="sticky left-0 min-w-40 bg-card p-4 text-left font-medium" scope="col">
                      {words.permission}
                    </th>
                    <For each={list().items}>
                      {(role) => (
                        <th
                          class="min-w-20 p-4 text-center align-bottom font-medium whitespace-nowrap"
                          scope="col"
                          title={role.description}
                        >
                          {role.name}
                          <span class="block text-xs font-normal text-soft">{words.holders(role.userCount)}</span>
                          <Show when={!role.isSeeded && may('role:delete')}>
                            <button
                              type="button"
                              class="mt-1 text-xs font-normal text-danger underline underline-offset-2"
                              onClick={() => setOpen({ dialog: 'deleteRole', name: role.name })}
                            >
                              {words.deleteWhat(<span class="sr-only">{words.namedRole(role.name)}</span>)}
                            </button>
                          </Show>
                        </th>
                      )}
                    </For>
                  </tr>
                </thead>
                <tbody class="divide-y divide-line">
                  <For each={dataOf(permissions)?.items}>
                    {(permission) => (
                      <tr class="hover:bg-raised">
                        <th class="sticky left-0 bg-card px-4 py-2 text-left font-normal" scope="row">
                          <code class="font-mono text-[0.8rem]">{permission.name}</code>
                          <span class="block max-w-56 text-xs text-soft sm:max-w-none">{permission.description}</span>
                          <Show when={!permission.isSeeded && may('permission:delete')}>
                            <button
                              type="button"
                              class="text-xs text-danger underline underline-offset-2"
                              onClick={() => setOpen({ dialog: 'deletePermission', name: permission.name })}
                            >
                              {words.deleteWhat(<span class="sr-only">{words.namedPermission(permission.name)}</span>)}
                            </button>
                          </Show>
                        </th>
                        <For each={list().items}>
                          {(role) => (
                            <td class="text-center">
                              <label class="inline-grid size-11 place-items-center">
                                <span class="sr-only">
                                  {role.name}: {permission.name}
                                </span>
                                <input
                                  type="checkbox"
                                  class="size-4.5 accent-accent"
                                  checked={role.permissions.includes(permission.name)}
                                  disabled={
                                    role.name === 'admin' || !may('role:update') || add.isPending || remove.isPending
                                  }
                                  onChange={(event) => toggle(role, permission.name, event.currentTarget)}
                                />
                              </label>
                            </td>
                          )}
                        </For>
                      </tr>
                    )}
                  </For>
                </tbody>
              </table>
            </section>
          )}
        </Match>
      </Switch>

      <Show when={taking()} keyed>
        {({ role, permission }) => (
          <Confirm
            title={words.takePermission(permission, role.name)}
            action={words.takeIt}
            onClose={() => setTaking(undefined)}
            onConfirm={() => remove.mutateAsync({ role: role.name, permission })}
          >
            <Trial role={role} permission={permission} />
          </Confirm>
        )}
      </Show>
      <Switch>
        <Match when={open()?.dialog === 'newRole'}>
          <NameDialog
            title={words.aNewRole}
            hint={words.roleNameHint}
            onClose={close}
            onSave={(values) => createRole.mutateAsync(values)}
          />
        </Match>
        <Match when={open()?.dialog === 'newPermission'}>
          <NameDialog
            title={words.aNewPermission}
            hint={words.permissionNameHint}
            onClose={close}
            onSave={(values) => createPermission.mutateAsync(values)}
          />
        </Match>
        <Match when={asked('deleteRole')}>
          {(current) => (
            <Confirm
              title={words.deleteTheRole(current().name)}
              action={common.deleteIt}
              onClose={close}
              onConfirm={() => deleteRole.mutateAsync({ name: current().name })}
            >
              {words.apiKeysThatHadIt}
            </Confirm>
          )}
        </Match>
        <Match when={asked('deletePermission')}>
          {(current) => (
            <Confirm
              title={words.deleteThePermission(current().name)}
              action={common.deleteIt}
              onClose={close}
              onConfirm={() => deletePermission.mutateAsync({ name: current().name })}
            >
              {words.everyRoleAndApiKey}
            </Confirm>
          )}
        </Match>
      </Switch>
    </>
  )
}

/** What taking a permission from a role would have refused lately. */
function Trial(props: { role: Role; permission: string }) {
  const trial = useQuery(() =>
    trpc.role.tryOut.queryOptions({
      name: props.role.name,
      permissions: props.role.permissions.filter((each) => each !== props.permission),
    }),
  )
  return (
    <Switch fallback={<Waiting lines={1} />}>
      <Match when={trial.isError}>
        <p>{failureOf(trial.error).message}</p>
      </Match>
      <Match when={dataOf(trial)}>
        {(found) => (
          <p>
            {found().calls === 0
              ? words.nobodyDidThat(found().days)
              : words.wouldHaveRefused(found().days, found().calls, found().people)}
          </p>
        )}
      </Match>
    </Switch>
  )
}
