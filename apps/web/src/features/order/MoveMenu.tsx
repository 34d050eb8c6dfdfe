import { DropdownMenu } from '@kobalte/core/dropdown-menu'
import GripVertical from 'lucide-solid/icons/grip-vertical'
import { createSignal, For } from 'solid-js'
import { menuClass, menuItemClass } from '../../ui/menu.ts'
import type { Move } from './move.ts'
import * as words from './words.ts'

/** The handle of a movable item: drag it, or use its menu. */
export default function MoveMenu(props: {
  id: string
  label: string
  moves: readonly Move[]
  ref: (element: HTMLElement) => void
}) {
  const [open, setOpen] = createSignal(false)
  // The menu would open on pointerdown, which also starts a drag, so it waits for the click.
  let isPressed = false
  const release = () => {
    isPressed = false
  }
  return (
    <DropdownMenu
      open={open()}
      onOpenChange={(wanted) => !isPressed && setOpen(wanted)}
      placement="bottom-start"
      gutter={4}
      modal={false}
    >
      <DropdownMenu.Trigger
        ref={props.ref}
        onPointerDown={() => {
          isPressed = true
        }}
        onPointerCancel={release}
        onClick={(event: MouseEvent & { currentTarget: HTMLElement }) => {
          release()
          // On touch the trigger itself waits for the click.
          if (event.currentTarget.dataset.pointerType !== 'touch') setOpen(!open())
        }}
        data-move={props.id}
        class="grid size-9 shrink-0 cursor-grab place-items-center rounded-lg text-soft hover:bg-sunk hover:text-ink"
        aria-label={words.moveWhat(props.label)}
        title={words.dragToMoveOrPress}
      >
        <GripVertical class="size-5" aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content class={`${menuClass} max-h-80 min-w-44 overflow-y-auto`}>
          <For
            each={props.moves}
            fallback={
              <DropdownMenu.Item class={`${menuItemClass} text-soft`} disabled>
                {words.thereIsNowhereToMove}
              </DropdownMenu.Item>
            }
          >
            {(move) => (
              <DropdownMenu.Item class={menuItemClass} onSelect={move.run}>
                {move.label}
              </DropdownMenu.Item>
            )}
          </For>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  )
}
