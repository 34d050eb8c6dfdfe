import { Link, useNavigate, useSearch } from '@tanstack/solid-router'
import { createSignal, Show } from 'solid-js'
import { enter, hasSignedIn } from '../features/session/enter.ts'
import { Entrance, textLink } from '../features/session/entrance.tsx'
import * as words from '../features/session/words.ts'
import { queryClient, trpc } from '../lib/api.ts'
import { postJson } from '../lib/failure.ts'
import { createForm } from '../lib/form.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Alert } from '../ui/notice.tsx'
import * as common from '../ui/words.ts'

/** The page of a mailed link. Needs a click, as programs that scan mail open links too. */
export default function VerifyEmail() {
  usePageTitle(() => words.confirmYourAddress)
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
    <Entrance title={words.confirmYourAddress}>
      <Show
        when={!isDone()}
        fallback={
          <div class="grid gap-5">
            <p role="status">{words.thankYouYourAddressIs}</p>
            <Link to={pagePaths.worlds} class={buttonClass('primary', 'min-h-12 text-base')}>
              {common.toYourWorlds}
            </Link>
          </div>
        }
      >
        <form class="grid gap-5" onSubmit={form.submit}>
          <p class="leading-relaxed text-soft">{words.confirmThatThisAddressIs}</p>
          <Show when={form.failure()}>
            {(failure) => (
              <Alert>
                <Show when={failure().reason?.kind === 'notFound'} fallback={failure().message}>
                  {words.linkIsUsedAskAgain(
                    <Link to={pagePaths.signIn} class={textLink}>
                      {words.signIn}
                    </Link>,
                  )}
                </Show>
              </Alert>
            )}
          </Show>
          <Button look="primary" type="submit" class="min-h-12 text-base" disabled={form.isPending()}>
            {words.confirm}
          </Button>
        </form>
      </Show>
    </Entrance>
  )
}
