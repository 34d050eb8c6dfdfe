import { useMutation } from '@tanstack/solid-query'
import { createSignal, For, Show } from 'solid-js'
import { queryClient, type Role, trpc, type User } from '../../lib/api.ts'
import { failureOf } from '../../lib/failure.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import { MayThey } from './MayThey.tsx'
import * as words from './words.ts'

/** Grants and revokes somebody's roles. Each change takes effect at once. */
export default function UserRolesDialog(props: { user: User; roles: readonly Role[]; onClose: () => void }) {
  const [held, setHeld] = createSignal<readonly string[]>(props.user.roles)
  const [failure, setFailure] = createSignal<string>()
  const options = {
    onSuccess: (user: { roles: readonly string[] }) => {
      setHeld(user.roles)
      setFailure(undefined)
    },
    onError: (error: unknown) => {
      setFailure(failureOf(error).message)
      setHeld([...held()])
    },
    onSettled: () => {
      void queryClient.invalidateQueries(trpc.user.pathFilter())
      // These may be one's own.
      void queryClient.invalidateQueries(trpc.me.pathFilter())
    },
  }
  const assign = useMutation(() => trpc.user.assignRole.mutationOptions(options))
  const remove = useMutation(() => trpc.user.removeRole.mutationOptions(options))
  const toggle = (role: string, input: HTMLInputElement) => {
    // Unchanged until the server has confirmed it.
    input.checked = held().includes(role)
    const mutation = held().includes(role) ? remove : assign
    mutation.mutate({ userId: props.user.id, role })
  }
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={words.rolesOf(props.user.displayName)}
      description={words.whatTheyMayDoFrom}
    >
      <div class="grid gap-5">
        <ul class="grid gap-1">
          <For each={props.roles}>
            {(role) => (
              <li>
                <label class="flex items-start gap-3 rounded-xl p-2.5 hover:bg-sunk">
                  <input
                    type="checkbox"
                    class="mt-1 size-4 accent-accent"
                    checked={held().includes(role.name)}
                    disabled={assign.isPending || remove.isPending}
                    onChange={(event) => toggle(role.name, event.currentTarget)}
                  />
                  <span>
                    <span class="block font-medium">{role.name}</span>
                    <span class="block text-sm text-soft">{role.description}</span>
                  </span>
                </label>
              </li>
            )}
          </For>
        </ul>
        <Show when={failure()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
        <MayThey userId={props.user.id} />
        <div class={dialogActions}>
          <Button look="primary" onClick={props.onClose}>
            {common.done}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
