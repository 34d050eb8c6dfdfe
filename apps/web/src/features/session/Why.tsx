import { useQuery } from '@tanstack/solid-query'
import type { WorldRole } from '@worldloom/schema'
import { createSignal, Match, Show, Switch } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { failureOf } from '../../lib/failure.ts'
import { listed } from '../../lib/list.ts'
import { roleLabels } from '../members/roleLabels.ts'
import * as words from './words.ts'

/** Why something is not offered: what it takes, and who has that. Asked for only when somebody wants to know. */
export function Why(props: {
  /** What is not allowed: a procedure. */
  procedure: string
  worldId?: string
}) {
  const [isOpen, setOpen] = createSignal(false)
  const me = useQuery(() => trpc.me.get.queryOptions())
  const answer = useQuery(() => ({
    ...trpc.me.may.queryOptions({ procedure: props.procedure, ...(props.worldId && { worldId: props.worldId }) }),
    enabled: isOpen(),
  }))
  const reason = () => dataOf(answer)?.reason
  const missing = () => {
    const known = reason()
    return known?.kind === 'notPermitted' ? known : undefined
  }
  const worldRole = () => {
    const known = reason()
    return known?.kind === 'roleTooLow' ? known : undefined
  }
  const hasOf = (role: WorldRole | null) => role && roleLabels[role]
  return (
    <details class="mt-4 text-left" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="cursor-pointer text-center font-medium text-accent underline underline-offset-4">
        {words.why}
      </summary>
      <div class="mt-3 grid gap-2 rounded-2xl bg-sunk p-4 text-sm leading-relaxed">
        <Switch fallback={<p>{dataOf(answer)?.message ?? '…'}</p>}>
          <Match when={answer.isError}>
            <p>{failureOf(answer.error).message}</p>
          </Match>
          <Match when={missing()}>
            {(known) => (
              <>
                <p>{words.takesPermission(<code class="font-mono text-ink">{known().permission}</code>)}</p>
                <p>{known().roles.length > 0 ? words.rolesWithIt(listed(known().roles)) : words.noRoleHasIt}</p>
                <p>{words.yourRoles(listed(dataOf(me)?.roles ?? []))}</p>
              </>
            )}
          </Match>
          <Match when={worldRole()}>
            {(known) => <p>{words.takesWorldRole(roleLabels[known().needed], hasOf(known().has))}</p>}
          </Match>
          <Match when={dataOf(answer)?.may}>
            <p>{words.youMayByNow}</p>
          </Match>
        </Switch>
        <Show when={dataOf(answer)?.needs.fresh}>
          <p>{words.takesBeingFresh}</p>
        </Show>
      </div>
    </details>
  )
}
