import { lazy, Show, Suspense } from 'solid-js'
import * as words from '../features/worlds/words.ts'
import { useWorld, useWorldRights } from '../features/worlds/worldContext.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { Later } from '../ui/later.tsx'
import { Notice } from '../ui/notice.tsx'
import { Waiting } from '../ui/panel.tsx'
import * as common from '../ui/words.ts'

const TagSettings = lazy(() => import('../features/tags/TagSettings.tsx'))
const LinkKindSettings = lazy(() => import('../features/connections/LinkKindSettings.tsx'))
const CalendarSettings = lazy(() => import('../features/time/CalendarSettings.tsx'))
const LanguageSettings = lazy(() => import('../features/search/LanguageSettings.tsx'))

const SharingSettings = lazy(() => import('../features/sharing/SharingSettings.tsx'))
const ShareLinks = lazy(() => import('../features/sharing/ShareLinks.tsx'))
const FileSettings = lazy(() => import('../features/worlds/FileSettings.tsx'))

/** What an editor arranges for a whole world, from who sees it to its kinds of links. */
export default function WorldSettings() {
  const world = useWorld()
  const rights = useWorldRights()
  usePageTitle(() => words.settingsOf(world().displayName))
  return (
    <Show
      when={rights.isEditor()}
      fallback={
        <Notice title={words.onlyEditorsChangeTheSettings}>
          <p>{words.thisWorldIsSharedWith}</p>
        </Notice>
      }
    >
      <h1 class="mb-6 text-4xl">{common.settings}</h1>
      <div class="grid gap-6">
        <Suspense fallback={<Waiting lines={8} />}>
          <SharingSettings />
          <Show when={rights.isOwner() && rights.mayUpdateMembers()}>
            <ShareLinks />
          </Show>
          <Later>
            <Suspense fallback={<Waiting lines={8} />}>
              <CalendarSettings />
              <LanguageSettings />
              <TagSettings />
              <LinkKindSettings />
              <FileSettings />
            </Suspense>
          </Later>
        </Suspense>
      </div>
    </Show>
  )
}
