import { Show } from 'solid-js'
import { EntityRow } from '../entities/EntityRow.tsx'
import type { Row } from './createRows.ts'
import FlowLayout from './FlowLayout.tsx'
import type { LayoutProps } from './layoutProps.ts'
import { createRowPicture } from './rowPicture.ts'
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
          <Picture row={row()} isImage={props.kind.kind === 'image'} />
        </div>
      )}
    </FlowLayout>
  )
}

/** At the end of the line, so that names stand below each other. */
function Picture(props: { row: Row; isImage: boolean }) {
  const picture = createRowPicture(() => props.row, props.isImage)
  return (
    <Show when={picture.url()}>
      {(source) => (
        // The name beside it says what it is of.
        <img
          src={source()}
          alt=""
          loading="lazy"
          class="my-3 size-14 shrink-0 rounded-xl border border-line bg-sunk object-cover"
          onError={picture.onError}
        />
      )}
    </Show>
  )
}
