import { keepPreviousData, useQuery } from '@tanstack/solid-query'
import { useNavigate, useParams } from '@tanstack/solid-router'
import type { EntityKind } from '@worldloom/schema'
import Globe from 'lucide-solid/icons/globe'
import { type Accessor, createEffect, createMemo, createSignal } from 'solid-js'
import { queryClient, trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { entityApi, kinds } from '../../lib/kinds.ts'
import { pagePaths } from '../../pagePaths.ts'
import { kindIcons } from '../entities/kindIcons.ts'
import { useMay } from '../session/permitted.tsx'
import {
  type Command,
  type CommandGroup,
  type Creation,
  createCommands,
  isFound,
  useActionCommands,
  usePageCommands,
} from './commands.ts'
import { recentVisits } from './recent.ts'
import * as words from './words.ts'

/** So many entries and worlds are offered. */
const [mostEntries, mostWorlds] = [8, 4]

interface Entry {
  readonly id: string
  readonly worldId: string
  readonly kind: EntityKind
}

/** Opens the pages of entries and worlds. */
export function useOpening() {
  const navigate = useNavigate()
  return {
    openEntry: ({ worldId, kind, id }: Entry) =>
      void navigate({ to: pagePaths.entity, params: { worldId, plural: kinds[kind].plural, entityId: id } }),
    openWorld: (id: string) => void navigate({ to: pagePaths.world, params: { worldId: id } }),
  }
}

/** What the palette offers for what was typed, without anything typed what was opened last. */
export function createCommandGroups({
  text,
  userId,
  onCreate,
}: {
  readonly text: Accessor<string>
  readonly userId: string
  readonly onCreate: (creation: Creation) => void
}): Accessor<readonly CommandGroup[]> {
  const params = useParams({ strict: false })
  const worldId = params().worldId
  const openedWorld = useQuery(() => ({
    ...trpc.world.byId.queryOptions({ id: worldId ?? '' }),
    enabled: worldId !== undefined,
  }))
  const world = () => (worldId === undefined ? undefined : dataOf(openedWorld))
  const worlds = useQuery(() => ({
    ...trpc.world.list.queryOptions({ search: text(), limit: mostWorlds }),
    enabled: text() !== '',
    placeholderData: keepPreviousData,
  }))
  const entries = createSuggestions(text, worldId)
  const visits = recentVisits(userId)
  const { names, findName } = createNames()
  createEffect(() => {
    for (const { kind, id, worldId: of } of visits) {
      void findName(undefined, of)
      if (kind) void findName(kind, id)
    }
    for (const entry of entries()) void findName(undefined, entry.worldId)
  })

  const may = useMay()
  const pages = usePageCommands(world)
  const actions = useActionCommands()
  const { openEntry, openWorld } = useOpening()
  const toEntry = (prefix: string, entry: Entry & { readonly displayName: string }): Command => ({
    id: `${prefix}:${entry.id}`,
    label: entry.displayName,
    hint: [kinds[entry.kind].wording.one, ...(entry.worldId === worldId ? [] : [names().get(entry.worldId) ?? ''])]
      .filter(Boolean)
      .join(' · '),
    icon: kindIcons[entry.kind],
    run: () => openEntry(entry),
  })
  const toWorld = (prefix: string, id: string, name: string): Command => ({
    id: `${prefix}:${id}`,
    label: name,
    hint: words.world,
    icon: Globe,
    run: () => openWorld(id),
  })
  const recent = (): Command[] =>
    visits.flatMap((visit): Command[] => {
      const name = names().get(visit.id)
      const isOpen = visit.id === (visit.kind ? params().entityId : worldId)
      if (name === undefined || isOpen) return []
      if (visit.kind === undefined) return [toWorld('recent', visit.id, name)]
      return [toEntry('recent', { ...visit, kind: visit.kind, displayName: name })]
    })
  const unasked = (created: readonly Command[]): CommandGroup[] => [
    { label: words.recent, commands: recent() },
    { label: words.create, commands: created },
    { label: words.goTo, commands: pages() },
    { label: words.actions, commands: actions() },
  ]
  const found = (created: ReturnType<typeof createCommands>): CommandGroup[] => {
    const fitting = (commands: readonly Command[]) => commands.filter((command) => isFound(command, text()))
    const asked = created.filter(({ isAsked }) => isAsked)
    const toEntries = (near: boolean) =>
      entries().flatMap((entry) => (entry.isNear === near ? [toEntry('entry', entry)] : []))
    return [
      { label: words.create, commands: asked },
      { label: words.entries, commands: toEntries(false) },
      {
        label: words.worlds,
        commands: (dataOf(worlds)?.items ?? []).map(({ id, displayName }) => toWorld('world', id, displayName)),
      },
      { label: words.goTo, commands: fitting(pages()) },
      { label: words.actions, commands: fitting(actions()) },
      { label: words.similarEntries, commands: toEntries(true) },
      { label: words.create, commands: asked.length > 0 ? [] : created },
    ]
  }
  return createMemo(() => {
    const created = createCommands(may, world(), text(), onCreate)
    const groups = text() === '' ? unasked(created) : found(created)
    return groups.filter(({ commands }) => commands.length > 0)
  })
}

/** The entries that fit what was typed: those of the open world first, and what is only near last. */
function createSuggestions(text: Accessor<string>, worldId: string | undefined) {
  const suggest = (inWorld: boolean) => () => ({
    ...trpc.search.suggest.queryOptions({
      text: text(),
      limit: mostEntries,
      ...(inWorld && worldId !== undefined && { worldId }),
    }),
    enabled: text() !== '' && (!inWorld || worldId !== undefined),
    placeholderData: keepPreviousData,
  })
  const here = useQuery(suggest(true))
  const everywhere = useQuery(suggest(false))
  return createMemo(() => {
    if (text() === '') return []
    // Of what was found for the text before, only what still fits is shown until the next is there.
    const fits = (name: string) => name.toLowerCase().includes(text().toLowerCase())
    const all = [here, everywhere].flatMap((query) =>
      (dataOf(query)?.items ?? []).filter(({ displayName }) => !query.isPlaceholderData || fits(displayName)),
    )
    return all
      .filter(({ id }, index) => all.findIndex((other) => other.id === id) === index)
      .sort((one, other) => Number(one.isNear) - Number(other.isNear))
      .slice(0, mostEntries)
  })
}

/** The names of worlds and entries by id, each looked up once. What can't be read any longer has none. */
function createNames() {
  const [names, setNames] = createSignal<ReadonlyMap<string, string>>(new Map())
  const asked = new Set<string>()
  const findName = async (kind: EntityKind | undefined, id: string) => {
    if (asked.has(id)) return
    asked.add(id)
    const reading: Promise<{ displayName: string }> = kind
      ? queryClient.fetchQuery({ ...entityApi(kind).byId.queryOptions({ id }), retry: false })
      : queryClient.fetchQuery({ ...trpc.world.byId.queryOptions({ id }), retry: false })
    const found = await reading.catch(() => undefined)
    if (found) setNames((known) => new Map(known).set(id, found.displayName))
  }
  return { names, findName }
}
