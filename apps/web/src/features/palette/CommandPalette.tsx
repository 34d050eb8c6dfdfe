import { Dialog } from '@kobalte/core/dialog'
import { keepPreviousData, useQuery } from '@tanstack/solid-query'
import { useNavigate, useParams } from '@tanstack/solid-router'
import type { EntityKind } from '@worldloom/schema'
import Globe from 'lucide-solid/icons/globe'
import SearchIcon from 'lucide-solid/icons/search'
import {
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  For,
  Match,
  on,
  Show,
  Suspense,
  Switch,
} from 'solid-js'
import { type Me, queryClient, trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { entityApi, kinds } from '../../lib/kinds.ts'
import { pagePaths } from '../../pagePaths.ts'
import { lazyDialog } from '../../ui/lazyDialog.tsx'
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
import { Keys } from './Keys.tsx'
import { takeTypedAhead } from './palette.ts'
import { recentVisits } from './recent.ts'
import * as words from './words.ts'

const EntityDialog = lazyDialog(() => import('../entities/EntityDialog.tsx'))
const WorldDialog = lazyDialog(() => import('../worlds/WorldDialog.tsx'))

/** So many entries and worlds are offered. */
const [mostEntries, mostWorlds] = [8, 4]

/** Goes to anything by its name, typos forgiven; creates anything; runs any action. What was opened last comes first. */
export default function CommandPalette(props: { me: Me; onClose: () => void }) {
  const navigate = useNavigate()
  const params = useParams({ strict: false })
  const [typed, setTyped] = createSignal('')
  const text = () => typed().trim()
  const [creating, setCreating] = createSignal<Creation>()
  const worldId = params().worldId
  const openWorld = useQuery(() => ({
    ...trpc.world.byId.queryOptions({ id: worldId ?? '' }),
    enabled: worldId !== undefined,
  }))
  const world = () => (worldId === undefined ? undefined : dataOf(openWorld))

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
  const worlds = useQuery(() => ({
    ...trpc.world.list.queryOptions({ search: text(), limit: mostWorlds }),
    enabled: text() !== '',
    placeholderData: keepPreviousData,
  }))
  /** Those of the open world first, and what is only near last. */
  const entries = createMemo(() => {
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
  const visits = recentVisits(props.me.id)
  // By id, of worlds and of what was opened. What can't be read any longer has none.
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
  const openEntry = ({ worldId, kind, id }: { worldId: string; kind: EntityKind; id: string }) =>
    void navigate({ to: pagePaths.entity, params: { worldId, plural: kinds[kind].plural, entityId: id } })
  const openWorldPage = (id: string) => void navigate({ to: pagePaths.world, params: { worldId: id } })
  const toEntry = (
    prefix: string,
    entry: { id: string; worldId: string; kind: EntityKind; displayName: string },
  ): Command => ({
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
    hint: 'world',
    icon: Globe,
    run: () => openWorldPage(id),
  })
  const recent = (): Command[] =>
    visits.flatMap((visit): Command[] => {
      const name = names().get(visit.id)
      const isOpen = visit.id === (visit.kind ? params().entityId : worldId)
      if (name === undefined || isOpen) return []
      if (visit.kind === undefined) return [toWorld('recent', visit.id, name)]
      return [toEntry('recent', { ...visit, kind: visit.kind, displayName: name })]
    })
  const groups = createMemo((): CommandGroup[] => {
    const found = (commands: readonly Command[]) => commands.filter((command) => isFound(command, text()))
    const created = createCommands(may, world(), text(), setCreating)
    const asked = created.filter(({ isAsked }) => isAsked)
    const all: CommandGroup[] =
      text() === ''
        ? [
            { label: words.recent, commands: recent() },
            { label: words.create, commands: created },
            { label: words.goTo, commands: pages() },
            { label: words.actions, commands: actions() },
          ]
        : [
            { label: words.create, commands: asked },
            {
              label: words.entries,
              commands: entries().flatMap((entry) => (entry.isNear ? [] : [toEntry('entry', entry)])),
            },
            {
              label: words.worlds,
              commands: (dataOf(worlds)?.items ?? []).map(({ id, displayName }) => toWorld('world', id, displayName)),
            },
            { label: words.goTo, commands: found(pages()) },
            { label: words.actions, commands: found(actions()) },
            {
              label: words.similarEntries,
              commands: entries().flatMap((entry) => (entry.isNear ? [toEntry('entry', entry)] : [])),
            },
            { label: words.create, commands: asked.length > 0 ? [] : created },
          ]
    return all.filter(({ commands }) => commands.length > 0)
  })
  const commands = createMemo(() => groups().flatMap((group) => group.commands))

  const listId = createUniqueId()
  const optionId = (command: Command) => `${listId}-${command.id.replaceAll(/[^\w-]/g, '-')}`
  const [activeId, setActiveId] = createSignal<string>()
  // The first one, unless one was chosen by the arrow keys and is still there.
  const active = () => commands().find(({ id }) => id === activeId()) ?? commands()[0]
  createEffect(on(text, () => setActiveId(undefined), { defer: true }))
  const move = (by: number) => {
    const all = commands()
    if (all.length === 0) return
    const index = all.findIndex(({ id }) => id === active()?.id)
    const next = all[(index + by + all.length) % all.length]
    setActiveId(next?.id)
    if (next) document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' })
  }
  const run = (command: Command) => {
    command.run()
    if (!command.staysOpen) props.onClose()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return
    const chosen = active()
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Enter' && chosen) run(chosen)
    else return
    event.preventDefault()
  }

  return (
    <Switch>
      <Match when={creating()?.what === 'world' && creating()}>
        {(creation) => (
          <Suspense>
            <WorldDialog
              {...(creation().name && { initial: { name: creation().name } })}
              onClose={props.onClose}
              onSaved={({ id }) => {
                props.onClose()
                openWorldPage(id)
              }}
            />
          </Suspense>
        )}
      </Match>
      <Match when={creating()}>
        {(creation) => (
          <Suspense>
            <EntityDialog
              worldId={worldId ?? ''}
              kind={creation().what as EntityKind} // not 'world': see above
              {...(creation().name && { initial: { name: creation().name } })}
              onClose={props.onClose}
              onSaved={(entity) => {
                props.onClose()
                openEntry(entity)
              }}
            />
          </Suspense>
        )}
      </Match>
      <Match when={true}>
        <Dialog open onOpenChange={(open) => !open && props.onClose()}>
          <Dialog.Portal>
            <Dialog.Overlay class="fixed inset-0 z-40 animate-[fade_150ms_ease-out] bg-black/55" />
            <div class="fixed inset-0 z-50 flex items-start justify-center p-3 sm:p-6 sm:pt-[12vh]">
              <Dialog.Content class="flex max-h-[80dvh] w-full max-w-2xl animate-[rise_150ms_ease-out] flex-col overflow-hidden rounded-3xl border border-line bg-raised shadow-lifted focus:outline-none sm:max-h-[70vh]">
                <Dialog.Title class="sr-only">{words.commandPalette}</Dialog.Title>
                <div class="flex items-center gap-3 border-b border-line px-5">
                  <SearchIcon class="size-5 shrink-0 text-soft" aria-hidden="true" />
                  <input
                    type="text"
                    role="combobox"
                    aria-label={words.goToCreateOrRun}
                    aria-expanded="true"
                    aria-controls={listId}
                    aria-autocomplete="list"
                    aria-activedescendant={active() && optionId(active() as Command)} // there is one: see before
                    placeholder={words.goToCreateOrRun}
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck={false}
                    class="min-h-14 w-full min-w-0 bg-transparent text-lg text-ink outline-none placeholder:text-soft"
                    value={typed()}
                    onFocus={() => setTyped((text) => takeTypedAhead() + text)}
                    onInput={(event) => setTyped(event.currentTarget.value)}
                    onKeyDown={onKeyDown}
                  />
                  <span class="max-sm:hidden">
                    <Keys keys={['Esc']} />
                  </span>
                </div>
                <div id={listId} role="listbox" aria-label={words.commands} class="min-h-0 grow overflow-y-auto p-2">
                  <For each={groups()}>
                    {(group) => (
                      // biome-ignore lint/a11y/useSemanticElements: a fieldset is no group of options
                      <div role="group" aria-label={group.label}>
                        <div class="px-3 pt-3 pb-1 text-xs font-medium text-soft" aria-hidden="true">
                          {group.label}
                        </div>
                        <For each={group.commands}>
                          {(command) => (
                            <Option
                              id={optionId(command)}
                              command={command}
                              isActive={active()?.id === command.id}
                              onPoint={() => setActiveId(command.id)}
                              onChoose={() => run(command)}
                            />
                          )}
                        </For>
                      </div>
                    )}
                  </For>
                </div>
                <p role="status" class="sr-only">
                  {words.commandCount(commands().length)}
                </p>
              </Dialog.Content>
            </div>
          </Dialog.Portal>
        </Dialog>
      </Match>
    </Switch>
  )
}

function Option(props: { id: string; command: Command; isActive: boolean; onPoint: () => void; onChoose: () => void }) {
  const Icon = props.command.icon
  return (
    <button
      type="button"
      id={props.id}
      role="option"
      tabindex={-1}
      aria-selected={props.isActive}
      class="flex min-h-11 w-full items-center gap-3 rounded-xl px-3 py-2 aria-selected:bg-accent-wash"
      onPointerMove={() => props.onPoint()}
      // The field keeps the focus.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => props.onChoose()}
    >
      <Icon class="size-4.5 shrink-0 text-soft" aria-hidden="true" />
      <span class="min-w-0 grow truncate text-left">
        <bdi>{props.command.label}</bdi>
      </span>
      <Show when={props.command.hint}>
        <span class="max-w-[45%] shrink-0 truncate text-sm text-soft">
          <bdi>{props.command.hint}</bdi>
        </span>
      </Show>
      <Show when={props.command.keys}>{(keys) => <Keys keys={keys()} />}</Show>
    </button>
  )
}
