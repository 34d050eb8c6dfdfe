import { Combobox } from '@kobalte/core/combobox'
import { keepPreviousData, useQuery } from '@tanstack/solid-query'
import type { EntityKind } from '@worldloom/schema'
import Check from 'lucide-solid/icons/check'
import ChevronsUpDown from 'lucide-solid/icons/chevrons-up-down'
import X from 'lucide-solid/icons/x'
import { createSignal, Show } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { entityApi, kinds } from '../../lib/kinds.ts'
import * as common from '../../ui/words.ts'
import * as words from './words.ts'

/** An entry as it is offered. */
export interface EntityOption {
  readonly id: string
  readonly displayName: string
  readonly kind?: EntityKind
}

/** Finds an entry of a world by the beginning of its name, or of words in it, also with typos. */
export default function EntityPicker(props: {
  worldId: string
  /** The kinds that can be chosen; all, if empty. */
  kinds: readonly EntityKind[]
  label: string
  value: string | null
  onChange: (id: string | null, chosen?: EntityOption) => void
  /** Entries that can't be chosen. */
  except?: readonly string[]
  fault?: string | undefined
  hint?: string | undefined
  required?: boolean
  disabled?: boolean
}) {
  const [search, setSearch] = createSignal('')
  const onlyKind = () => (props.kinds.length === 1 ? props.kinds[0] : undefined)
  const found = useQuery(() => ({
    ...trpc.search.suggest.queryOptions({
      worldId: props.worldId,
      text: search(),
      kinds: [...props.kinds],
      limit: 20,
    }),
    placeholderData: keepPreviousData,
  }))
  const chosen = useQuery(() => ({
    ...entityApi(onlyKind() ?? 'thing').byId.queryOptions({ id: props.value ?? '' }),
    enabled: onlyKind() !== undefined && props.value !== null && props.value !== '',
  }))
  // Of several kinds, what was chosen is known from the suggestions.
  const [suggested, setSuggested] = createSignal<EntityOption>()
  const options = (): EntityOption[] => dataOf(found)?.items.filter(({ id }) => !props.except?.includes(id)) ?? []
  // Briefly shows the choice even if it is added to a list elsewhere, which then clears the field.
  const [passing, setPassing] = createSignal<EntityOption | null>(null)
  const choose = (option: EntityOption | null) => {
    setPassing(option)
    if (option) setSuggested(option)
    props.onChange(option?.id ?? null, option ?? undefined)
    queueMicrotask(() => setPassing(null))
  }
  const value = (): EntityOption | null => {
    if (!props.value) return passing()
    const known = [dataOf(chosen), suggested(), ...options()].find((option) => option?.id === props.value)
    return { id: props.value, displayName: known?.displayName ?? '…' }
  }
  return (
    <Combobox<EntityOption>
      class="grid gap-1.5"
      options={options()}
      value={value()}
      disallowEmptySelection
      allowsEmptyCollection
      onChange={choose}
      onInputChange={(text) => setSearch(text === value()?.displayName ? '' : text.trim())}
      optionValue="id"
      optionTextValue="displayName"
      optionLabel="displayName"
      defaultFilter={() => true}
      triggerMode="focus"
      placeholder={words.searchFor(onlyKind() ? kinds[onlyKind() ?? 'thing'].wording.many : words.entries)}
      validationState={props.fault ? 'invalid' : 'valid'}
      {...(props.required && { required: true })}
      disabled={props.disabled === true}
      itemComponent={(item) => (
        <Combobox.Item
          item={item.item}
          class="flex min-h-10 items-center justify-between gap-3 rounded-lg px-3 py-2 text-sm outline-none data-[highlighted]:bg-accent-wash"
        >
          <Combobox.ItemLabel>
            <bdi>{item.item.rawValue.displayName}</bdi>
            <Show when={!onlyKind() && item.item.rawValue.kind}>
              {(kind) => <span class="text-soft"> {kinds[kind()].wording.one}</span>}
            </Show>
          </Combobox.ItemLabel>
          <Combobox.ItemIndicator>
            <Check class="size-4" aria-hidden="true" />
          </Combobox.ItemIndicator>
        </Combobox.Item>
      )}
    >
      <Combobox.Label class="text-sm font-medium">{props.label}</Combobox.Label>
      <Combobox.Control class="flex items-center rounded-xl border border-field bg-card data-[invalid]:border-danger">
        <Combobox.Input class="min-h-11 w-full min-w-0 bg-transparent px-3.5 text-base text-ink outline-none placeholder:text-soft" />
        <Show when={props.value && !props.required}>
          <button
            type="button"
            class="grid size-10 shrink-0 place-items-center text-soft hover:text-ink"
            aria-label={words.noneOf(props.label)}
            onClick={() => props.onChange(null)}
          >
            <X class="size-4" aria-hidden="true" />
          </button>
        </Show>
        <Combobox.Trigger
          class="grid size-10 shrink-0 place-items-center text-soft"
          aria-label={words.showAllOf(props.label)}
        >
          <ChevronsUpDown class="size-4" aria-hidden="true" />
        </Combobox.Trigger>
      </Combobox.Control>
      <Show when={props.hint && !props.fault}>
        <Combobox.Description class="text-sm text-soft">{props.hint}</Combobox.Description>
      </Show>
      <Combobox.ErrorMessage class="text-sm font-medium text-danger">{props.fault}</Combobox.ErrorMessage>
      {/* Not at the end of the page: a dialog hides what is outside of it from screen readers. */}
      <Combobox.Content
        // A press must not blur the field: a surrounding dialog would take the focus, which closes the list.
        onMouseDown={(event: MouseEvent) => event.preventDefault()}
        class="z-60 rounded-2xl border border-line bg-raised p-2 shadow-lifted"
      >
        <Show
          when={options().length > 0}
          fallback={<p class="px-3 py-2 text-sm text-soft">{found.isPending ? common.loading : common.nothingFound}</p>}
        >
          {/* A list that scrolls by itself needs no place in the order of the Tab key. */}
          <Combobox.Listbox class="max-h-60 overflow-y-auto" />
        </Show>
      </Combobox.Content>
    </Combobox>
  )
}
