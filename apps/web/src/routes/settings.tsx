import { Outlet } from '@tanstack/solid-router'
import { Show } from 'solid-js'
import { useMay } from '../features/session/permitted.tsx'
import { pagePaths } from '../pagePaths.ts'
import { SectionTabs } from '../ui/sectionTabs.tsx'

/** The layout of the settings pages. */
export default function Settings() {
  const may = useMay()
  return (
    <>
      <h1 class="mb-4 text-4xl">Settings</h1>
      <Show when={may('profile:read')}>
        <SectionTabs
          label="Settings"
          tabs={[
            { to: pagePaths.settingsProfile, label: 'Profile' },
            { to: pagePaths.settingsSecurity, label: 'Security' },
            ...(may('apiKey:read') ? [{ to: pagePaths.settingsApiKeys, label: 'API keys' }] : []),
          ]}
        />
      </Show>
      <Outlet />
    </>
  )
}
