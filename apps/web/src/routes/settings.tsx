import { Outlet } from '@tanstack/solid-router'
import { Show } from 'solid-js'
import { useMay } from '../features/session/permitted.tsx'
import * as words from '../features/settings/words.ts'
import { pagePaths } from '../pagePaths.ts'
import { SectionTabs } from '../ui/sectionTabs.tsx'
import * as common from '../ui/words.ts'

/** The layout of the settings pages. */
export default function Settings() {
  const may = useMay()
  return (
    <>
      <h1 class="mb-4 text-4xl">{common.settings}</h1>
      <Show when={may('profile:read')}>
        <SectionTabs
          label={common.settings}
          tabs={[
            { to: pagePaths.settingsProfile, label: words.profile },
            { to: pagePaths.settingsSecurity, label: words.security },
            ...(may('apiKey:read') ? [{ to: pagePaths.settingsApiKeys, label: words.apiKeys }] : []),
            ...(may('grant:read') ? [{ to: pagePaths.settingsApps, label: words.apps }] : []),
          ]}
        />
      </Show>
      <Outlet />
    </>
  )
}
