import { Link, useSearch } from '@tanstack/solid-router'
import Unplug from 'lucide-solid/icons/unplug'
import * as words from '../features/apps/words.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { buttonClass } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import * as common from '../ui/words.ts'

/** What people are told whom an app has sent here in a way that it cannot be told of (RFC 6749 §4.1.2.1). */
const sentences: Readonly<Record<string, string>> = {
  invalid_client: words.unknownApp,
  invalid_redirect_uri: words.otherRedirect,
}

export default function AppRefused() {
  usePageTitle(() => words.sayNothingMore)
  const search = useSearch({ from: '/oauth/error' })
  return (
    <main class="grid grow place-items-center">
      <Notice
        art={<Unplug class="size-14 text-accent" stroke-width={1.1} aria-hidden="true" />}
        title={words.sayNothingMore}
        actions={
          <Link to={pagePaths.worlds} class={buttonClass('plain')}>
            {common.toYourWorlds}
          </Link>
        }
      >
        <p>{sentences[search().error ?? ''] ?? words.wrongRequest}</p>
        <p class="mt-2">{words.beginAgain}</p>
      </Notice>
    </main>
  )
}
