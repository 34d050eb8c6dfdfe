import { Link } from '@tanstack/solid-router'
import MapIcon from 'lucide-solid/icons/map'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { buttonClass } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

export default function NotFoundPage() {
  usePageTitle(() => 'Not on the map')
  return (
    <main class="grid grow place-items-center">
      <Notice
        art={<MapIcon class="size-14 text-accent" stroke-width={1.25} aria-hidden="true" />}
        title="Not on the map"
        actions={
          <Link to={pagePaths.worlds} class={buttonClass('primary')}>
            To your worlds
          </Link>
        }
      >
        <p>There is no page at this address.</p>
      </Notice>
    </main>
  )
}
