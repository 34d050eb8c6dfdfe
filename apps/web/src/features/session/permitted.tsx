import { useQuery } from '@tanstack/solid-query'
import { Link } from '@tanstack/solid-router'
import type { PermissionName } from '@worldloom/schema/permissions'
import Lock from 'lucide-solid/icons/lock'
import { type JSX, lazy, Show, Suspense } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { usePageTitle } from '../../lib/pageTitle.ts'
import { pagePaths } from '../../pagePaths.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import * as words from './words.ts'

const Why = lazy(async () => ({ default: (await import('./Why.tsx')).Why }))

export type May = (permission: PermissionName) => boolean

/** Whether the user has a permission. Actions without permission are not offered. */
export function useMay(): May {
  const me = useQuery(() => trpc.me.get.queryOptions())
  return (permission) => dataOf(me)?.permissions.includes(permission) ?? false
}

/** A page that needs a permission. Everybody else is told why they can't see it. */
export function Permitted(props: {
  needs: PermissionName
  /** What the page calls first, by which it is told why that is not allowed. */
  procedure: string
  children: JSX.Element
}) {
  const may = useMay()
  return (
    <Show when={may(props.needs)} fallback={<Forbidden procedure={props.procedure} permission={props.needs} />}>
      {props.children}
    </Show>
  )
}

function Forbidden(props: { permission: PermissionName; procedure: string }) {
  usePageTitle(() => words.notPermitted)
  return (
    <Notice
      art={<Lock class="size-14 text-accent" stroke-width={1.25} aria-hidden="true" />}
      title={words.youDontHaveAccessTo}
      actions={
        <Link to={pagePaths.worlds} class={buttonClass('primary')}>
          {common.toYourWorlds}
        </Link>
      }
    >
      <p>{words.itTakesThePermission(<code class="font-mono text-ink">{props.permission}</code>)}</p>
      <Suspense>
        <Why procedure={props.procedure} />
      </Suspense>
    </Notice>
  )
}
