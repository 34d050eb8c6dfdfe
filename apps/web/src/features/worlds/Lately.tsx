import { useQuery } from '@tanstack/solid-query'
import { Link } from '@tanstack/solid-router'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { pagePaths } from '../../pagePaths.ts'
import { gatherItems } from '../history/gatherItems.ts'
import { HistoryLine } from '../history/HistoryLine.tsx'
import { usePendingProposals } from '../proposals/pending.ts'
import * as words from './words.ts'
import { useWorld } from './worldContext.ts'

/** So many changes are shown; the rest is under Activity. */
const most = 6

/** For members of a world: who changed what lately, and whether its dates contradict each other. */
export default function Lately() {
  const world = useWorld()
  // More than are shown, as what was saved while somebody wrote is one line.
  const history = useQuery(() => trpc.history.list.queryOptions({ worldId: world().id, limit: 30 }))
  const lines = createMemo(() => gatherItems(dataOf(history)?.items ?? []).slice(0, most))
  const continuity = useQuery(() => trpc.continuity.check.queryOptions({ worldId: world().id }))
  const pending = usePendingProposals()
  const faults = () => dataOf(continuity)?.findings.length ?? 0
  return (
    <>
      <Show when={pending() > 0}>
        <Hint to={pagePaths.worldProposals} count={pending()}>
          {words.proposalsWait(pending())}
        </Hint>
      </Show>
      <Show when={faults() > 0}>
        <Hint to={pagePaths.worldContinuity} count={faults()}>
          {words.contradictions(faults())}
        </Hint>
      </Show>
      <Show when={lines().length > 0}>
        <section class="mt-10" aria-labelledby="lately">
          <div class="flex flex-wrap items-baseline justify-between gap-3">
            <h2 id="lately" class="text-2xl">
              {words.lately}
            </h2>
            <Link
              to={pagePaths.worldActivity}
              params={{ worldId: world().id }}
              class="text-sm text-accent underline underline-offset-4"
            >
              {words.allActivity}
            </Link>
          </div>
          <ol class="mt-4 divide-y divide-line rounded-3xl border border-line bg-card px-5 shadow-card">
            <For each={lines()}>
              {(item) => (
                <li class="py-3">
                  <HistoryLine item={item} worldId={world().id} />
                </li>
              )}
            </For>
          </ol>
        </section>
      </Show>
    </>
  )
}

/** What there is to look at, and where. */
function Hint(props: { to: string; count: number; children: JSX.Element }) {
  const world = useWorld()
  return (
    <p class="mt-10 flex flex-wrap items-baseline gap-x-3 rounded-2xl border border-line bg-card p-4 shadow-card">
      <span>{props.children}</span>
      <Link to={props.to} params={{ worldId: world().id }} class="font-medium text-accent underline underline-offset-4">
        {words.lookAtThem(props.count)}
      </Link>
    </p>
  )
}
