import { useQuery } from '@tanstack/solid-query'
import { For, Show } from 'solid-js'
import { ProfileForm } from '../features/settings/ProfileForm.tsx'
import { trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { Badge, Panel } from '../ui/panel.tsx'
import { showToast } from '../ui/toast.ts'

export default function SettingsProfile() {
  usePageTitle(() => 'Profile')
  const me = useQuery(() => trpc.me.get.queryOptions())
  return (
    <Show when={dataOf(me)}>
      {(person) => (
        <div class="grid gap-6">
          <Panel title="Your name" hint="Visible to everybody you share a world with.">
            {/* Anew after each save: the form begins with what is stored. */}
            <Show when={person().version} keyed>
              <ProfileForm me={person()} action="Save" onSaved={() => showToast('Your profile is saved.')} />
            </Show>
          </Panel>
          <Panel title="What you may do" hint="Roles are given by administrators.">
            <dl class="grid gap-4 text-sm">
              <div>
                <dt class="font-medium">Roles</dt>
                <dd class="mt-1.5 flex flex-wrap gap-1.5">
                  <For each={person().roles}>{(role) => <Badge look="accent">{role}</Badge>}</For>
                  <Show when={person().roles.length === 0}>None</Show>
                </dd>
              </div>
              <div>
                <dt class="font-medium">Permissions</dt>
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
