import { DropdownMenu } from '@kobalte/core/dropdown-menu'
import Ellipsis from 'lucide-solid/icons/ellipsis'
import { Show } from 'solid-js'
import type { ApiKey } from '../../lib/api.ts'
import { menuClass, menuItemClass } from '../../ui/menu.ts'
import * as words from './words.ts'

export interface ApiKeyActions {
  readonly onUse: (key: ApiKey) => void
  readonly onToggle: (key: ApiKey) => void
  readonly onRotate: (key: ApiKey) => void
  readonly onDelete: (key: ApiKey) => void
}

/** The actions of a key. */
export default function ApiKeyMenu(props: { apiKey: ApiKey; actions: ApiKeyActions }) {
  return (
    <DropdownMenu placement="bottom-end" gutter={6} modal={false}>
      <DropdownMenu.Trigger
        class="grid size-10 shrink-0 place-items-center rounded-full text-soft hover:bg-sunk hover:text-ink"
        aria-label={words.menuOf(props.apiKey.name)}
      >
        <Ellipsis class="size-5" aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content class={`${menuClass} w-48`}>
        <DropdownMenu.Item class={menuItemClass} onSelect={() => props.actions.onUse(props.apiKey)}>
          {words.useAndLimits}
        </DropdownMenu.Item>
        <Show when={!props.apiKey.leakedAt}>
          <DropdownMenu.Item class={menuItemClass} onSelect={() => props.actions.onToggle(props.apiKey)}>
            {props.apiKey.isActive ? words.deactivate : words.activate}
          </DropdownMenu.Item>
        </Show>
        <DropdownMenu.Item class={menuItemClass} onSelect={() => props.actions.onRotate(props.apiKey)}>
          {words.rotate}
        </DropdownMenu.Item>
        <DropdownMenu.Item class={`${menuItemClass} text-danger`} onSelect={() => props.actions.onDelete(props.apiKey)}>
          {words.deleteIt}
        </DropdownMenu.Item>
      </DropdownMenu.Content>
    </DropdownMenu>
  )
}
