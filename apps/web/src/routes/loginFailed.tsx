import { Link, useSearch } from '@tanstack/solid-router'
import { type SignInFailure, signInFailures } from '@worldloom/schema/signIn'
import DoorClosed from 'lucide-solid/icons/door-closed'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { buttonClass } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

export default function LoginFailed() {
  usePageTitle(() => 'Not signed in')
  const search = useSearch({ from: '/login-failed' })
  const sentence = () => signInFailures[failureOf(search().error)]
  return (
    <main class="grid grow place-items-center">
      <Notice
        art={<DoorClosed class="size-14 text-accent" stroke-width={1.25} aria-hidden="true" />}
        title="You are not signed in"
        actions={
          <Link to={pagePaths.signIn} class={buttonClass('primary')}>
            Try again
          </Link>
        }
      >
        <p>{sentence()}</p>
      </Notice>
    </main>
  )
}

function failureOf(error: string | undefined): SignInFailure {
  return error !== undefined && Object.hasOwn(signInFailures, error) ? (error as SignInFailure) : 'unknown' // a key, checked
}
