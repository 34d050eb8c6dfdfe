import { Popover } from '@kobalte/core/popover'
import type { TableField } from '@worldloom/schema/entity/tableFields'
import ArrowDown from 'lucide-solid/icons/arrow-down'
import ArrowUp from 'lucide-solid/icons/arrow-up'
import Columns from 'lucide-solid/icons/columns-3'
import { For, Show } from 'solid-js'
import { buttonClass } from '../../ui/button.tsx'
import { menuClass } from '../../ui/menu.ts'
import * as words from './words.ts'

const arrow = 'grid size-9 place-items-center rounded-lg text-soft hover:bg-sunk hover:text-ink disabled:opacity-30'

/** Chooses the columns of a table, and their order. */
export default function ColumnsMenu(props: {
  fields: readonly TableField[]
  /** The names of those that are shown, in order. */
  value: readonly string[]
  onChange: (columns: string[]) => void
}) {
  const known = () => props.value.filter((name) => props.fields.some((field) => field.name === name))
  const inOrder = () => [
    ...known().flatMap((name) => props.fields.find((field) => field.name === name) ?? []),
    ...props.fields.filter(({ name }) => !known().includes(name)),
  ]
  const move = (name: string, step: 1 | -1) => {
    const columns = [...known()]
    const from = columns.indexOf(name)
    columns.splice(from, 1)
    columns.splice(from + step, 0, name)
    props.onChange(columns)
  }
  return (
    <Popover placement="bottom-end" gutter={6}>
      <Popover.Trigger class={buttonClass('plain')}>
        <Columns class="size-4" aria-hidden="true" />
        {words.columns}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content class={`${menuClass} max-h-[70dvh] w-80 max-w-[calc(100vw-2rem)] overflow-y-auto`}>
          <Popover.Title class="px-2 pt-1 pb-2 text-sm font-medium">{words.columns}</Popover.Title>
          <ul>
            <For each={inOrder()}>
              {(field) => {
                const place = () => known().indexOf(field.name)
                // The first column is what a row is known by.
                const isName = field.name === 'name'
                return (
                  <li class="flex items-center gap-1 rounded-lg hover:bg-sunk">
                    <label class="flex min-h-10 grow items-center gap-2.5 px-2 text-sm">
                      <input
                        type="checkbox"
                        class="size-4.5 accent-(--accent)"
                        checked={place() >= 0}
                        disabled={isName}
                        onChange={(event) =>
                          props.onChange(
                            event.currentTarget.checked
                              ? [...known(), field.name]
                              : known().filter((name) => name !== field.name),
                          )
                        }
                      />
                      {field.label}
                    </label>
                    <Show when={place() > 0}>
                      <button
                        type="button"
                        class={arrow}
                        aria-label={words.moveToTheLeft(field.label)}
                        disabled={place() === 1}
                        onClick={() => move(field.name, -1)}
                      >
                        <ArrowUp class="size-4" aria-hidden="true" />
                      </button>
                      <button
                        type="button"
                        class={arrow}
                        aria-label={words.moveToTheRight(field.label)}
                        disabled={place() === known().length - 1}
                        onClick={() => move(field.name, 1)}
                      >
                        <ArrowDown class="size-4" aria-hidden="true" />
                      </button>
                    </Show>
                  </li>
                )
              }}
            </For>
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover>
  )
}
