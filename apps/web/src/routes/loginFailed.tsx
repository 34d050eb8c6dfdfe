import { Link, useSearch } from '@tanstack/solid-router'
import { type SignInFailure, signInFailures } from '@worldloom/schema/signIn'
import DoorClosed from 'lucide-solid/icons/door-closed'
import { Show } from 'solid-js'
import * as words from '../features/session/words.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { buttonClass } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import * as common from '../ui/words.ts'

/** Failures when a signed-in user links an account. */
const linking: readonly SignInFailure[] = ['already_linked', 'link_expired']

export default function LoginFailed() {
  const search = useSearch({ from: '/login-failed' })
  const failure = () => failureOf(search().error)
  const title = () => (linking.includes(failure()) ? words.theAccountWasNotLinked : words.youAreNotSignedIn)
  usePageTitle(title)
  return (
    <main class="grid grow place-items-center">
      <Notice
        art={<DoorClosed class="size-14 text-accent" stroke-width={1.25} aria-hidden="true" />}
        title={title()}
        actions={
          <Show
            when={linking.includes(failure())}
            fallback={
              <Link to={pagePaths.signIn} class={buttonClass('primary')}>
                {failure() === 'link_first' ? words.signInAnotherWay : common.tryAgain}
              </Link>
            }
          >
            <Link to={pagePaths.settingsSecurity} class={buttonClass('primary')}>
              {words.toYourSettings}
            </Link>
          </Show>
        }
      >
        <p>{signInFailures[failure()]}</p>
      </Notice>
    </main>
  )
}

function failureOf(error: string | undefined): SignInFailure {
  return error !== undefined && Object.hasOwn(signInFailures, error) ? (error as SignInFailure) : 'unknown' // checked to be a key
}
