import { keepPreviousData, useQuery } from '@tanstack/solid-query'
import { createSignal, createUniqueId, For, Show } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { SearchBox } from '../../ui/searchBox.tsx'
import * as words from './words.ts'

/** Which worlds a key or an app reaches: all that one can see, or some. */
export function WorldLimit(props: {
  /** The chosen ones; undefined for all. */
  worldIds: readonly string[] | undefined
  onChange: (worldIds: readonly string[] | undefined) => void
}) {
  const name = createUniqueId()
  return (
    <fieldset>
      <legend class="text-sm font-medium">{words.inWhichWorlds}</legend>
      <div class="mt-2 grid gap-2">
        <label class="flex min-h-9 items-center gap-2 text-sm">
          <input
            type="radio"
            name={name}
            class="accent-accent"
            checked={!props.worldIds}
            onChange={() => props.onChange(undefined)}
          />
          {words.inAllThatYouCan}
        </label>
        <label class="flex min-h-9 items-center gap-2 text-sm">
          <input
            type="radio"
            name={name}
            class="accent-accent"
            checked={props.worldIds !== undefined}
            onChange={() => props.onChange([])}
          />
          {words.onlyInThese}
        </label>
        <Show when={props.worldIds}>
          {(chosen) => (
            <WorldChoice
              chosen={chosen()}
              onToggle={(id) =>
                props.onChange(chosen().includes(id) ? chosen().filter((other) => other !== id) : [...chosen(), id])
              }
            />
          )}
        </Show>
      </div>
    </fieldset>
  )
}

function WorldChoice(props: { chosen: readonly string[]; onToggle: (id: string) => void }) {
  const [search, setSearch] = createSignal('')
  const worlds = useQuery(() => ({
    ...trpc.world.list.queryOptions({
      limit: 100,
      sort: 'name',
      order: 'asc',
      ...(search() && { search: search() }),
    }),
    placeholderData: keepPreviousData,
  }))
  return (
    <div class="grid gap-2 rounded-2xl border border-line bg-card p-4">
      <Show when={search() || dataOf(worlds)?.nextCursor}>
        <SearchBox label={words.searchYourWorlds} value={search()} onChange={setSearch} />
      </Show>
      <For each={dataOf(worlds)?.items} fallback={<p class="text-sm text-soft">{words.thereIsNoWorldTo}</p>}>
        {(world) => (
          <label class="flex min-h-9 items-center gap-2 text-sm">
            <input
              type="checkbox"
              class="size-4 accent-accent"
              checked={props.chosen.includes(world.id)}
              onChange={() => props.onToggle(world.id)}
            />
            <bdi>{world.displayName}</bdi>
          </label>
        )}
      </For>
    </div>
  )
}
