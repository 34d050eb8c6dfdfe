import { Link } from '@tanstack/solid-router'
import MapIcon from 'lucide-solid/icons/map'
import * as words from '../features/session/words.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { buttonClass } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import * as common from '../ui/words.ts'

export default function NotFoundPage() {
  usePageTitle(() => words.notOnTheMap)
  return (
    <main class="grid grow place-items-center">
      <Notice
        art={<MapIcon class="size-14 text-accent" stroke-width={1.25} aria-hidden="true" />}
        title={words.notOnTheMap}
        actions={
          <Link to={pagePaths.worlds} class={buttonClass('primary')}>
            {common.toYourWorlds}
          </Link>
        }
      >
        <p>{words.thereIsNoPageAt}</p>
      </Notice>
    </main>
  )
}
