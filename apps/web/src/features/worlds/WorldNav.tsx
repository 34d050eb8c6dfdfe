import { useQuery } from '@tanstack/solid-query'
import { Link } from '@tanstack/solid-router'
import Activity from 'lucide-solid/icons/activity'
import ChartNetwork from 'lucide-solid/icons/chart-network'
import Clock from 'lucide-solid/icons/clock'
import GitPullRequest from 'lucide-solid/icons/git-pull-request-arrow'
import House from 'lucide-solid/icons/house'
import MapIcon from 'lucide-solid/icons/map'
import Network from 'lucide-solid/icons/network'
import Settings from 'lucide-solid/icons/settings'
import ShieldCheck from 'lucide-solid/icons/shield-check'
import Trash from 'lucide-solid/icons/trash'
import Users from 'lucide-solid/icons/users'
import { For, type JSX, Show } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { capitalized, kinds } from '../../lib/kinds.ts'
import { formatNumber } from '../../lib/number.ts'
import { pagePaths } from '../../pagePaths.ts'
import * as common from '../../ui/words.ts'
import { kindIcons } from '../entities/kindIcons.ts'
import { usePendingProposals } from '../proposals/pending.ts'
import { tagDots } from '../tags/tagLook.ts'
import * as words from './words.ts'
import { useWorld, useWorldRights } from './worldContext.ts'
import { worldPages } from './worldPages.ts'

/** So many tags, and so many other worlds, are offered; the rest is a page. */
const mostOf = { tags: 8, worlds: 5 }

const pageIcons: Readonly<Record<(typeof worldPages)[number]['to'], typeof House>> = {
  [pagePaths.worldMaps]: MapIcon,
  [pagePaths.worldTimeline]: Clock,
  [pagePaths.worldGraph]: ChartNetwork,
  [pagePaths.worldFamily]: Network,
  [pagePaths.worldContinuity]: ShieldCheck,
  [pagePaths.worldMembers]: Users,
  [pagePaths.worldActivity]: Activity,
  [pagePaths.worldProposals]: GitPullRequest,
  [pagePaths.worldTrash]: Trash,
  [pagePaths.worldSettings]: Settings,
}

/** The pages of a world, its entries by kind and tag, those that were pinned, and other worlds. */
export default function WorldNav() {
  const world = useWorld()
  const rights = useWorldRights()
  const overview = useQuery(() => trpc.world.overview.queryOptions({ id: world().id }))
  const pins = useQuery(() => trpc.pin.list.queryOptions({ worldId: world().id }))
  const tags = useQuery(() => trpc.tag.list.queryOptions({ worldId: world().id }))
  const worlds = useQuery(() =>
    trpc.world.list.queryOptions({ limit: mostOf.worlds + 1, sort: 'updatedAt', order: 'desc' }),
  )
  const pending = usePendingProposals()
  const params = () => ({ worldId: world().id })
  const tagsByUse = () => (dataOf(tags)?.items ?? []).toSorted((a, b) => b.count - a.count)
  const others = () => (dataOf(worlds)?.items ?? []).filter(({ id }) => id !== world().id).slice(0, mostOf.worlds)
  const pages = (isAbout: 'entries' | 'world') =>
    worldPages.filter((page) => page.isAbout === isAbout && page.isFor(rights))
  const Pages = (props: { about: 'entries' | 'world' }) => (
    <For each={pages(props.about)}>
      {({ to, label }) => (
        <Item
          to={to}
          params={params()}
          icon={pageIcons[to]}
          count={to === pagePaths.worldProposals ? pending() || undefined : undefined}
        >
          {label}
        </Item>
      )}
    </For>
  )
  return (
    <nav aria-label={world().displayName} class="flex flex-col gap-6 text-sm">
      <ul>
        <Item to={pagePaths.world} params={params()} exact icon={House}>
          <bdi class="truncate font-medium">{world().displayName}</bdi>
        </Item>
        <For each={Object.values(kinds)}>
          {({ kind, plural, wording }) => (
            <Item
              to={pagePaths.entities}
              params={{ ...params(), plural }}
              icon={kindIcons[kind]}
              count={dataOf(overview)?.counts[kind]}
            >
              {capitalized(wording.many)}
            </Item>
          )}
        </For>
      </ul>
      <ul>
        <Pages about="entries" />
      </ul>
      <Show when={(dataOf(pins)?.items.length ?? 0) > 0}>
        <Group label={words.pinned}>
          <For each={dataOf(pins)?.items}>
            {({ id, kind, displayName }) => (
              <Item
                to={pagePaths.entity}
                params={{ ...params(), plural: kinds[kind].plural, entityId: id }}
                icon={kindIcons[kind]}
              >
                <bdi class="truncate">{displayName}</bdi>
              </Item>
            )}
          </For>
        </Group>
      </Show>
      <Show when={tagsByUse().length > 0}>
        <Group label={common.tags}>
          <For each={tagsByUse().slice(0, mostOf.tags)}>
            {(tag) => (
              <Item
                to={pagePaths.worldSearch}
                params={params()}
                search={{ tag: tag.id }}
                mark={<span class={`mx-0.75 size-2.5 rounded-full ${tagDots[tag.color]}`} aria-hidden="true" />}
                count={tag.count}
              >
                <bdi class="truncate">{tag.name}</bdi>
              </Item>
            )}
          </For>
        </Group>
      </Show>
      <Show when={pages('world').length > 0}>
        <ul>
          <Pages about="world" />
        </ul>
      </Show>
      <Show when={others().length > 0}>
        <Group label={words.otherWorlds}>
          <For each={others()}>
            {(other) => (
              <Item to={pagePaths.world} params={{ worldId: other.id }} mark={<Initial name={other.displayName} />}>
                <bdi class="truncate">{other.displayName}</bdi>
              </Item>
            )}
          </For>
        </Group>
      </Show>
    </nav>
  )
}

function Group(props: { label: string; children: JSX.Element }) {
  return (
    <div>
      <h2 class="px-2.5 pb-1 font-sans text-xs font-medium tracking-normal text-soft">{props.label}</h2>
      <ul>{props.children}</ul>
    </div>
  )
}

interface ItemProps {
  readonly to: string
  readonly params: Readonly<Record<string, string>>
  readonly search?: { readonly tag: string }
  readonly exact?: boolean
  readonly icon?: typeof House
  readonly mark?: JSX.Element
  readonly count?: number | undefined
  readonly children: JSX.Element
}

function Item(props: ItemProps) {
  return (
    <li>
      <Link
        to={props.to}
        params={props.params}
        search={props.search ?? {}}
        activeOptions={{ exact: props.exact === true, includeSearch: props.search !== undefined }}
        class="flex min-h-9 items-center gap-2.5 rounded-lg px-2.5 text-soft hover:bg-sunk hover:text-ink aria-[current=page]:bg-accent-wash aria-[current=page]:text-ink max-lg:min-h-11"
      >
        <Show when={props.icon} fallback={props.mark}>
          {(icon) => {
            const Icon = icon()
            return <Icon class="size-4 shrink-0" stroke-width={1.75} aria-hidden="true" />
          }}
        </Show>
        {props.children}
        <Show when={props.count !== undefined}>
          <span class="ml-auto pl-1 text-xs tabular-nums">{formatNumber(props.count ?? 0)}</span>
        </Show>
      </Link>
    </li>
  )
}

function Initial(props: { name: string }) {
  return (
    <span
      class="grid size-4 shrink-0 place-items-center rounded bg-sunk font-display text-[0.65rem] leading-none font-semibold"
      aria-hidden="true"
    >
      {[...props.name.trim()][0]?.toUpperCase()}
    </span>
  )
}
