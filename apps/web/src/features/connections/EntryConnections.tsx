import { useInfiniteQuery } from '@tanstack/solid-query'
import { Link } from '@tanstack/solid-router'
import { formatWorldDate } from '@worldloom/schema/calendar/writeWorldDate'
import LinkIcon from 'lucide-solid/icons/link'
import Pencil from 'lucide-solid/icons/pencil'
import Waypoints from 'lucide-solid/icons/waypoints'
import { createMemo, createSignal, For, Show, Suspense } from 'solid-js'
import { type Connection, trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import type { Entity } from '../../lib/kinds.ts'
import { nothingIn } from '../../lib/nothingIn.ts'
import { pagePaths } from '../../pagePaths.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { lazyDialog } from '../../ui/lazyDialog.tsx'
import { Panel } from '../../ui/panel.tsx'
import * as common from '../../ui/words.ts'
import { EntityLink } from '../entities/EntityLink.tsx'
import { EntryMentions } from '../mentions/EntryMentions.tsx'
import { useCalendar } from '../time/calendar.ts'
import { useWorldRights } from '../worlds/worldContext.ts'
import * as words from './words.ts'

const LinkDialog = lazyDialog(() => import('./LinkDialog.tsx'))

/** What an entry is linked with, and what mentions it. */
export default function EntryConnections(props: { entity: Entity }) {
  const rights = useWorldRights()
  const [dialog, setDialog] = createSignal<{ readonly connection?: Connection }>()
  const list = useInfiniteQuery(() =>
    trpc.link.list.infiniteQueryOptions(
      { id: props.entity.id, limit: 50 },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  )
  const connections = createMemo(() => dataOf(list)?.pages.flatMap((page) => page.items) ?? [])
  /** By how they read, in the order of the first of each. */
  const groups = createMemo(() => {
    const byLabel = new Map<string, Connection[]>()
    for (const item of connections()) {
      const label = connectionLabel(item)
      byLabel.set(label, [...(byLabel.get(label) ?? []), item])
    }
    return [...byLabel]
  })
  return (
    <div class="mt-8 grid gap-6">
      <Panel
        title={common.links}
        actions={
          <div class="flex flex-wrap gap-2">
            <Link
              to={pagePaths.worldGraph}
              params={{ worldId: props.entity.worldId }}
              search={{ around: props.entity.id }}
              class={buttonClass('quiet')}
            >
              <Waypoints class="size-4" aria-hidden="true" />
              {common.connections}
            </Link>
            <Show when={rights.mayCreate()}>
              <Button onClick={() => setDialog({})}>
                <LinkIcon class="size-4" aria-hidden="true" />
                {words.addLink}
              </Button>
            </Show>
          </div>
        }
      >
        <dl class="grid gap-4">
          <For
            each={groups()}
            fallback={<p class="text-sm text-soft">{nothingIn(list, words.notLinkedWithAnythingYet)}</p>}
          >
            {([label, items]) => (
              <div class="grid gap-1 sm:grid-cols-[12rem_1fr] sm:gap-4">
                <dt class="pt-0.5 text-sm text-soft">{label}</dt>
                <dd>
                  <ul class="grid gap-1.5">
                    <For each={items}>
                      {(item) => (
                        <ConnectionRow
                          item={item}
                          worldId={props.entity.worldId}
                          {...(rights.mayUpdate() && { onEdit: () => setDialog({ connection: item }) })}
                        />
                      )}
                    </For>
                  </ul>
                </dd>
              </div>
            )}
          </For>
        </dl>
        <Show when={list.hasNextPage}>
          <Button class="mt-4" onClick={() => void list.fetchNextPage()} disabled={list.isFetchingNextPage}>
            {common.showMore}
          </Button>
        </Show>
      </Panel>
      <EntryMentions entity={props.entity} />
      <Show when={dialog()} keyed>
        {(opened) => (
          <Suspense>
            <LinkDialog entity={props.entity} connection={opened.connection} onClose={() => setDialog(undefined)} />
          </Suspense>
        )}
      </Show>
    </div>
  )
}

function ConnectionRow(props: { item: Connection; worldId: string; onEdit?: () => void }) {
  const calendar = useCalendar()
  const link = () => props.item.link
  const period = () => {
    const shown = (date: string) => formatWorldDate(calendar(), date)
    const { beganOn, endedOn } = link() ?? {}
    return [beganOn && words.fromDate(shown(beganOn)), endedOn && words.untilDate(shown(endedOn))]
      .filter(Boolean)
      .join(' ')
  }
  return (
    <li class="flex flex-wrap items-baseline gap-x-2">
      <EntityLink
        worldId={props.worldId}
        kind={props.item.other.kind}
        id={props.item.other.id}
        name={props.item.other.displayName}
      />
      <Show when={period()}>{(text) => <span class="text-sm text-soft">{text()}</span>}</Show>
      <Show when={link() && props.onEdit}>
        {(edit) => (
          <button
            type="button"
            class="grid size-7 place-items-center rounded-full text-soft hover:bg-sunk hover:text-ink"
            aria-label={words.editTheLink(props.item.label, props.item.other.displayName)}
            onClick={() => edit()()}
          >
            <Pencil class="size-3.5" aria-hidden="true" />
          </button>
        )}
      </Show>
      <Show when={link()?.note}>
        <span class="w-full text-sm text-soft" dir="auto">
          {link()?.note}
        </span>
      </Show>
    </li>
  )
}

/** How it reads. What the model itself has, as the cast of a scene, the server names in English. */
function connectionLabel({ label, structure, direction }: Connection): string {
  if (!structure) return label
  const [out, back] = words.structures[structure]
  return direction === 'in' ? back : out
}
