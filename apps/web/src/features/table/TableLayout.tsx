import { createVirtualizer } from '@tanstack/solid-virtual'
import type { TableField } from '@worldloom/schema/entity/tableFields'
import { isSortable, usualOrder } from '@worldloom/schema/entity/tableFields'
import ArrowDown from 'lucide-solid/icons/arrow-down'
import ArrowUp from 'lucide-solid/icons/arrow-up'
import { createEffect, createMemo, For, Show } from 'solid-js'
import { Cell } from './Cell.tsx'
import { ColumnEdge } from './ColumnEdge.tsx'
import { createColumnWidths, pixelsOfRem } from './columnWidths.ts'
import { GroupHeading } from './GroupHeading.tsx'
import { type LayoutProps, lookAt } from './layoutProps.ts'
import { RowLink, useRowLinks } from './RowLink.tsx'
import { SelectBox } from './SelectBox.tsx'
import * as words from './words.ts'

const rowHeight = 46

/** Entries as rows, as many as there are: only those that are seen are in the page. */
export default function TableLayout(
  props: LayoutProps & {
    columns: readonly TableField[]
    sort: string
    order: 'asc' | 'desc'
    onSort: (field: string, order: 'asc' | 'desc') => void
  },
) {
  let scroller: HTMLDivElement | undefined
  let headings: HTMLTableRowElement | undefined
  const widths = createColumnWidths(props.kind.kind)
  /** Where there is room, columns are wider than they need to be. Once somebody changes one, all stay as they are seen. */
  const holdWidths = () => {
    if (widths.areOwn(props.columns) || !headings) return
    const rem = pixelsOfRem()
    const cells = [...headings.cells].slice(-props.columns.length)
    widths.set(
      Object.fromEntries(props.columns.map(({ name }, index) => [name, (cells[index]?.offsetWidth ?? 0) / rem])),
    )
  }
  /** In rem, as its column’s class says: `w-11`. */
  const selectWidth = 2.75
  const totalWidth = () =>
    props.columns.reduce((sum, field) => sum + widths.of(field), props.isSelectable ? selectWidth : 0)
  const onLink = useRowLinks()
  const lines = createMemo(() => props.linesOf(1))
  const virtualizer = createVirtualizer({
    get count() {
      return lines().count
    },
    getScrollElement: () => scroller ?? null,
    estimateSize: () => rowHeight,
    overscan: 10,
  })
  const items = () => virtualizer.getVirtualItems()
  createEffect(() =>
    lookAt(
      props.rows,
      items().map(({ index }) => lines().at(index)),
    ),
  )
  const before = () => items()[0]?.start ?? 0
  const after = () => virtualizer.getTotalSize() - (items().at(-1)?.end ?? 0)
  const width = () => props.columns.length + (props.isSelectable ? 1 : 0)
  /** The arrow keys go to the same place of the next row. */
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0 || !(event.target instanceof HTMLElement)) return
    const row = event.target.closest<HTMLElement>('tr[data-index]')
    if (!row) return
    event.preventDefault()
    const controls = (of: Element) => [...of.querySelectorAll<HTMLElement>('input, a, button')]
    const place = controls(row).indexOf(event.target)
    const next = Number(row.dataset.index) + step
    if (next < 0 || next >= lines().count) return
    virtualizer.scrollToIndex(next)
    requestAnimationFrame(() => {
      const found = scroller?.querySelector(`tr[data-index="${next}"]`)
      const all = found ? controls(found) : []
      ;(all[place] ?? all[0])?.focus()
    })
  }
  return (
    // Scrolled by the keyboard as well, also where nothing in it can have the focus.
    // biome-ignore lint/a11y/useSemanticElements: the region is a part of the page, not a section with a heading
    <div
      ref={(element) => {
        scroller = element
      }}
      role="region"
      aria-label={words.tableOf(props.kind.wording.many)}
      tabindex="0"
      class="relative max-h-[calc(100dvh-9rem)] min-h-48 overflow-auto rounded-2xl border border-line bg-card shadow-card"
      onKeyDown={onKeyDown}
      onClick={onLink}
    >
      <table
        class="table-fixed border-separate border-spacing-0 text-sm"
        classList={{ 'w-full min-w-max': !widths.areOwn(props.columns) }}
        style={widths.areOwn(props.columns) ? { width: `${totalWidth()}rem` } : {}}
        aria-rowcount={lines().count + 1}
      >
        <colgroup>
          <Show when={props.isSelectable}>
            <col class="w-11" />
          </Show>
          <For each={props.columns}>{(field) => <col style={{ width: `${widths.of(field)}rem` }} />}</For>
        </colgroup>
        <thead>
          <tr
            ref={(element) => {
              headings = element
            }}
            aria-rowindex={1}
          >
            <Show when={props.isSelectable}>
              <th class="sticky top-0 left-0 z-20 border-b border-line bg-raised">
                <span class="sr-only">{words.selected}</span>
              </th>
            </Show>
            <For each={props.columns}>
              {(field, index) => (
                <th
                  scope="col"
                  class="sticky top-0 z-10 border-b border-line bg-raised px-3 py-1 text-left font-medium"
                  classList={{
                    'left-0 z-20 sm:left-11': index() === 0 && props.isSelectable,
                    'left-0 z-20': index() === 0 && !props.isSelectable,
                  }}
                  aria-sort={
                    props.sort === field.name ? (props.order === 'asc' ? 'ascending' : 'descending') : undefined
                  }
                >
                  <Show
                    when={isSortable(field)}
                    fallback={<span class="inline-flex min-h-9 items-center">{field.label}</span>}
                  >
                    <button
                      type="button"
                      class="-mx-2 inline-flex min-h-9 items-center gap-1.5 rounded-lg px-2 hover:bg-sunk"
                      onClick={() =>
                        props.onSort(
                          field.name,
                          props.sort === field.name ? (props.order === 'asc' ? 'desc' : 'asc') : usualOrder(field),
                        )
                      }
                    >
                      {field.label}
                      <Show when={props.sort === field.name}>
                        <Show when={props.order === 'asc'} fallback={<ArrowDown class="size-3.5" aria-hidden="true" />}>
                          <ArrowUp class="size-3.5" aria-hidden="true" />
                        </Show>
                      </Show>
                    </button>
                  </Show>
                  <ColumnEdge
                    label={field.label}
                    width={widths.of(field)}
                    onStart={holdWidths}
                    onChange={(width) => widths.set({ [field.name]: width })}
                    onReset={() => widths.reset(props.columns)}
                  />
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody>
          <Show when={before() > 0}>
            <tr>
              <td colSpan={width()} class="p-0" style={{ height: `${before()}px` }} />
            </tr>
          </Show>
          <For each={items()}>
            {(item) => {
              const line = () => lines().at(item.index)
              const row = () => {
                const from = line()?.rows?.from
                return from === undefined ? undefined : props.rows.at(from)
              }
              const group = () => props.groups[line()?.group ?? -1]
              return (
                <tr
                  data-index={item.index}
                  aria-rowindex={item.index + 2}
                  classList={{
                    'bg-accent-wash': props.selection.has(row()?.id ?? ''),
                    'bg-card hover:bg-sunk': !props.selection.has(row()?.id ?? ''),
                  }}
                  class="h-[46px]"
                >
                  <Show
                    when={row()}
                    fallback={
                      <td colSpan={width()} class="border-b border-line px-2">
                        <Show
                          when={group()}
                          fallback={<span class="block h-4 max-w-sm rounded bg-sunk" aria-hidden="true" />}
                        >
                          {(shown) => (
                            <GroupHeading
                              field={props.groupField}
                              group={shown()}
                              isFolded={shown().isFolded}
                              onToggle={() => props.onFold(line()?.group ?? 0)}
                            />
                          )}
                        </Show>
                      </td>
                    }
                  >
                    {(shown) => (
                      <>
                        <Show when={props.isSelectable}>
                          <td class="left-0 z-10 border-b border-line bg-inherit px-1 sm:sticky">
                            <SelectBox row={shown()} index={line()?.rows?.from ?? 0} selection={props.selection} />
                          </td>
                        </Show>
                        <For each={props.columns}>
                          {(field, index) => (
                            <td
                              class="overflow-hidden border-b border-line px-3 text-ellipsis whitespace-nowrap"
                              classList={{
                                'sticky z-10 bg-inherit font-medium': index() === 0,
                                'left-0 sm:left-11': index() === 0 && props.isSelectable,
                                'left-0': index() === 0 && !props.isSelectable,
                              }}
                            >
                              <Show
                                when={field.name === 'name'}
                                fallback={<Cell field={field} row={shown()} worldId={props.worldId} />}
                              >
                                <RowLink
                                  worldId={props.worldId}
                                  kind={props.kind.kind}
                                  id={shown().id}
                                  name={shown().displayName}
                                />
                              </Show>
                            </td>
                          )}
                        </For>
                      </>
                    )}
                  </Show>
                </tr>
              )
            }}
          </For>
          <Show when={after() > 0}>
            <tr>
              <td colSpan={width()} class="p-0" style={{ height: `${after()}px` }} />
            </tr>
          </Show>
        </tbody>
      </table>
    </div>
  )
}
