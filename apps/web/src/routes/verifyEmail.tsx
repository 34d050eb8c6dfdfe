import { Link, useNavigate, useSearch } from '@tanstack/solid-router'
import { createSignal, Show } from 'solid-js'
import { enter, hasSignedIn } from '../features/session/enter.ts'
import { Entrance, textLink } from '../features/session/entrance.tsx'
import { queryClient, trpc } from '../lib/api.ts'
import { postJson } from '../lib/failure.ts'
import { createForm } from '../lib/form.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Alert } from '../ui/notice.tsx'

/** The page of a mailed link. Needs a click, as programs that scan mail open links too. */
export default function VerifyEmail() {
  usePageTitle(() => 'Confirm your address')
  const search = useSearch({ from: '/verify-email' })
  const navigate = useNavigate()
  const [isDone, setDone] = createSignal(false)
  const form = createForm({}, async () => {
    const answer = await postJson('/auth/email/verify', { token: search().token ?? '' })
    if (hasSignedIn(answer)) return await enter(navigate, undefined)
    await queryClient.invalidateQueries(trpc.me.pathFilter())
    setDone(true)
  })
  return (
    <Entrance title="Confirm your address">
      <Show
        when={!isDone()}
        fallback={
          <div class="grid gap-5">
            <p role="status">Thank you: your address is confirmed.</p>
            <Link to={pagePaths.worlds} class={buttonClass('primary', 'min-h-12 text-base')}>
              To your worlds
            </Link>
          </div>
        }
      >
        <form class="grid gap-5" onSubmit={form.submit}>
          <p class="leading-relaxed text-soft">Confirm that this address is yours.</p>
          <Show when={form.failure()}>
            {(failure) => (
              <Alert>
                <Show when={failure().reason?.kind === 'notFound'} fallback={failure().message}>
                  This link was used already, or is too old.{' '}
                  <Link to={pagePaths.signIn} class={textLink}>
                    Sign in
                  </Link>{' '}
                  to ask for another.
                </Show>
              </Alert>
            )}
          </Show>
          <Button look="primary" type="submit" class="min-h-12 text-base" disabled={form.isPending()}>
            Confirm
          </Button>
        </form>
      </Show>
    </Entrance>
  )
}
