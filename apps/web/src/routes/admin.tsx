import { Outlet } from '@tanstack/solid-router'
import { Show } from 'solid-js'
import { adminSections } from '../features/admin/sections.ts'
import * as words from '../features/admin/words.ts'
import { useMay } from '../features/session/permitted.tsx'
import { SectionTabs } from '../ui/sectionTabs.tsx'

/** The layout of the administration pages. */
export default function Admin() {
  const may = useMay()
  const tabs = () => adminSections.filter(({ needs }) => may(needs))
  return (
    <>
      <Show when={tabs().length > 0}>
        <p class="mb-4 font-display text-4xl font-semibold tracking-tight">{words.administration}</p>
        <SectionTabs label={words.administration} tabs={tabs()} />
      </Show>
      <Outlet />
    </>
  )
}
