import { Show } from 'solid-js'
import { EntityRow } from '../entities/EntityRow.tsx'
import FlowLayout from './FlowLayout.tsx'
import type { LayoutProps } from './layoutProps.ts'
import { SelectBox } from './SelectBox.tsx'

/** Entries one below the other, with what they are. */
export default function ListLayout(props: LayoutProps) {
  return (
    <FlowLayout
      {...props}
      height={84}
      lineClass="border-b border-line"
      waiting={() => (
        <div class="grid h-[84px] content-center gap-2" aria-hidden="true">
          <span class="block h-4 w-48 rounded bg-sunk" />
          <span class="block h-3 w-80 max-w-full rounded bg-sunk" />
        </div>
      )}
    >
      {(row, index) => (
        // biome-ignore lint/a11y/useSemanticElements: between the list and its items are the lines
        <div
          role="listitem"
          class="flex items-start gap-2"
          classList={{ 'bg-accent-wash': props.selection.has(row().id) }}
        >
          <Show when={props.isSelectable}>
            <SelectBox row={row()} index={index()} selection={props.selection} class="relative z-10 mt-3 shrink-0" />
          </Show>
          <EntityRow kind={props.kind} entity={row()} />
        </div>
      )}
    </FlowLayout>
  )
}
