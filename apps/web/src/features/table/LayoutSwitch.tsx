import LayoutGrid from 'lucide-solid/icons/layout-grid'
import List from 'lucide-solid/icons/list'
import Table from 'lucide-solid/icons/table-2'
import { For } from 'solid-js'
import * as common from '../../ui/words.ts'
import type { Layout } from '../entities/entitiesSearch.ts'
import * as words from './words.ts'

const layouts = [
  { layout: 'list', label: common.list, icon: List },
  { layout: 'table', label: common.table, icon: Table },
  { layout: 'cards', label: words.cards, icon: LayoutGrid },
] as const

/** Between the layouts of a list. */
export function LayoutSwitch(props: { layout: Layout; onChange: (layout: Layout) => void }) {
  return (
    <fieldset data-tour="layouts" class="flex gap-1 rounded-full border border-line bg-sunk p-1">
      <legend class="sr-only">{words.layout}</legend>
      <For each={layouts}>
        {({ layout, label, icon: Icon }) => (
          <button
            type="button"
            class="inline-flex h-9 min-w-9 items-center justify-center gap-1.5 rounded-full px-2.5 text-sm font-medium"
            classList={{
              'bg-card text-ink shadow-card': props.layout === layout,
              'text-soft hover:text-ink': props.layout !== layout,
            }}
            aria-pressed={props.layout === layout}
            onClick={() => props.onChange(layout)}
          >
            <Icon class="size-4" aria-hidden="true" />
            <span class="max-sm:sr-only">{label}</span>
          </button>
        )}
      </For>
    </fieldset>
  )
}
