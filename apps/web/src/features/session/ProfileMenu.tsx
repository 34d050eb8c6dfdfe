import { DropdownMenu } from '@kobalte/core/dropdown-menu'
import { useNavigate } from '@tanstack/solid-router'
import { isLanguage, languageNames, languages } from '@worldloom/schema/languages'
import Check from 'lucide-solid/icons/check'
import Film from 'lucide-solid/icons/film'
import LogOut from 'lucide-solid/icons/log-out'
import Settings from 'lucide-solid/icons/settings'
import Users from 'lucide-solid/icons/users'
import { For, Show } from 'solid-js'
import type { Me } from '../../lib/api.ts'
import { setLanguage } from '../../lib/language.ts'
import { setTheme, type Theme, theme, themes } from '../../lib/theme.ts'
import { language } from '../../lib/words.ts'
import { pagePaths } from '../../pagePaths.ts'
import { menuClass, menuItemClass } from '../../ui/menu.ts'
import * as common from '../../ui/words.ts'
import { adminSections } from '../admin/sections.ts'
import { initials, profileButtonClass } from './profileLook.ts'
import { useSignOut } from './signOut.ts'
import * as words from './words.ts'

const themeLabels: Record<Theme, string> = { system: words.matchSystem, light: words.light, dark: words.dark }

/** The menu of the user. It opens as it appears. @see ProfileButton, which loads it */
export default function ProfileMenu(props: { me: Me }) {
  const navigate = useNavigate()
  const adminPage = () => adminSections.find(({ needs }) => props.me.permissions.includes(needs))?.to
  const leave = useSignOut()
  return (
    <DropdownMenu defaultOpen placement="bottom-end" gutter={8} modal={false}>
      <DropdownMenu.Trigger
        class={profileButtonClass}
        aria-label={`${initials(props.me.displayName)}: ${words.menuOf(props.me.displayName)}`}
      >
        {initials(props.me.displayName)}
      </DropdownMenu.Trigger>
      {/* In the header, not at the end of the page: there it would belong to no landmark. */}
      <DropdownMenu.Content class={`${menuClass} w-64`}>
        <DropdownMenu.Group class="border-b border-line pb-2">
          <DropdownMenu.GroupLabel class="block px-3 pt-1.5 pb-2">
            <span class="block font-medium">{props.me.displayName}</span>
            <span class="block truncate text-sm text-soft">{props.me.email}</span>
            <span class="mt-1 block text-xs text-soft">{props.me.roles.join(', ')}</span>
          </DropdownMenu.GroupLabel>
          <DropdownMenu.Item class={menuItemClass} onSelect={() => navigate({ to: pagePaths.settingsProfile })}>
            <Settings class="size-4" aria-hidden="true" />
            {common.settings}
          </DropdownMenu.Item>
          <DropdownMenu.Item class={menuItemClass} onSelect={() => navigate({ to: pagePaths.movies })}>
            <Film class="size-4" aria-hidden="true" />
            {words.movies}
          </DropdownMenu.Item>
          <Show when={adminPage()}>
            {(to) => (
              <DropdownMenu.Item class={menuItemClass} onSelect={() => navigate({ to: to() })}>
                <Users class="size-4" aria-hidden="true" />
                {words.administration}
              </DropdownMenu.Item>
            )}
          </Show>
          <DropdownMenu.Item class={menuItemClass} onSelect={leave}>
            <LogOut class="size-4" aria-hidden="true" />
            {words.signOut}
          </DropdownMenu.Item>
        </DropdownMenu.Group>
        <DropdownMenu.RadioGroup
          class="pt-2"
          value={theme()}
          onChange={(choice) => setTheme(choice as Theme)} // the items below have no other values
        >
          <DropdownMenu.GroupLabel class="block px-3 py-1 text-xs font-medium text-soft">
            {words.colours}
          </DropdownMenu.GroupLabel>
          <For each={themes}>
            {(choice) => (
              <DropdownMenu.RadioItem value={choice} class={menuItemClass} closeOnSelect={false}>
                <span class="grid size-4 place-items-center">
                  <DropdownMenu.ItemIndicator>
                    <Check class="size-4" aria-hidden="true" />
                  </DropdownMenu.ItemIndicator>
                </span>
                {themeLabels[choice]}
              </DropdownMenu.RadioItem>
            )}
          </For>
        </DropdownMenu.RadioGroup>
        <DropdownMenu.RadioGroup
          class="mt-2 border-t border-line pt-2"
          value={language}
          onChange={(choice) => isLanguage(choice) && setLanguage(choice)}
        >
          <DropdownMenu.GroupLabel class="block px-3 py-1 text-xs font-medium text-soft">
            {words.language}
          </DropdownMenu.GroupLabel>
          <For each={languages}>
            {(each) => (
              <DropdownMenu.RadioItem value={each} lang={each} class={menuItemClass}>
                <span class="grid size-4 place-items-center">
                  <DropdownMenu.ItemIndicator>
                    <Check class="size-4" aria-hidden="true" />
                  </DropdownMenu.ItemIndicator>
                </span>
                {languageNames[each]}
              </DropdownMenu.RadioItem>
            )}
          </For>
        </DropdownMenu.RadioGroup>
      </DropdownMenu.Content>
    </DropdownMenu>
  )
}
