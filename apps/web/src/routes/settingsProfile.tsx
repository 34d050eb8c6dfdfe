import { useQuery } from '@tanstack/solid-query'
import { For, Show } from 'solid-js'
import { ProfileForm } from '../features/settings/ProfileForm.tsx'
import * as words from '../features/settings/words.ts'
import { trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { Badge, Panel } from '../ui/panel.tsx'
import { showToast } from '../ui/toast.ts'
import * as common from '../ui/words.ts'

export default function SettingsProfile() {
  usePageTitle(() => words.profile)
  const me = useQuery(() => trpc.me.get.queryOptions())
  return (
    <Show when={dataOf(me)}>
      {(person) => (
        <div class="grid gap-6">
          <Panel title={words.yourName} hint={words.visibleToEverybodyYouShare}>
            {/* Anew after each save: the form begins with what is stored. */}
            <Show when={person().version} keyed>
              <ProfileForm me={person()} action={common.save} onSaved={() => showToast(words.yourProfileIsSaved)} />
            </Show>
          </Panel>
          <Panel title={words.whatYouMayDo} hint={words.rolesAreGivenByAdministrators}>
            <dl class="grid gap-4 text-sm">
              <div>
                <dt class="font-medium">{words.roles}</dt>
                <dd class="mt-1.5 flex flex-wrap gap-1.5">
                  <For each={person().roles}>{(role) => <Badge look="accent">{role}</Badge>}</For>
                  <Show when={person().roles.length === 0}>{words.none}</Show>
                </dd>
              </div>
              <div>
                <dt class="font-medium">{words.permissions}</dt>
                <dd class="mt-1.5 flex flex-wrap gap-1.5">
                  <For each={person().permissions}>{(permission) => <Badge>{permission}</Badge>}</For>
                </dd>
              </div>
            </dl>
          </Panel>
        </div>
      )}
    </Show>
  )
}
