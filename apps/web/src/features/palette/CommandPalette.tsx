import { Dialog } from '@kobalte/core/dialog'
import { useParams } from '@tanstack/solid-router'
import type { EntityKind } from '@worldloom/schema'
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
import type { Me } from '../../lib/api.ts'
import { lazyDialog } from '../../ui/lazyDialog.tsx'
import type { Command, Creation } from './commands.ts'
import { createCommandGroups, useOpening } from './createCommandGroups.ts'
import { Keys } from './Keys.tsx'
import { takeTypedAhead } from './palette.ts'
import * as words from './words.ts'

const EntityDialog = lazyDialog(() => import('../entities/EntityDialog.tsx'))
const WorldDialog = lazyDialog(() => import('../worlds/WorldDialog.tsx'))

/** Goes to anything by its name, typos forgiven; creates anything; runs any action. What was opened last comes first. */
export default function CommandPalette(props: { me: Me; onClose: () => void }) {
  const [typed, setTyped] = createSignal('')
  const text = () => typed().trim()
  const [creating, setCreating] = createSignal<Creation>()
  const worldId = useParams({ strict: false })().worldId
  const { openEntry, openWorld } = useOpening()
  const groups = createCommandGroups({ text, userId: props.me.id, onCreate: setCreating })
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
                openWorld(id)
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
