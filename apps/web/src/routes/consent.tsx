import { useQuery } from '@tanstack/solid-query'
import { Link, useParams } from '@tanstack/solid-router'
import type { ConsentRequest } from '@worldloom/schema/app'
import Unplug from 'lucide-solid/icons/unplug'
import { createSignal, lazy, Match, Switch } from 'solid-js'
import type { ConsentAnswer } from '../features/apps/Consent.tsx'
import * as words from '../features/apps/words.ts'
import { failureOf, getJson, postJson } from '../lib/failure.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { buttonClass } from '../ui/button.tsx'
import { Alert, Notice } from '../ui/notice.tsx'
import { Waiting } from '../ui/panel.tsx'
import * as common from '../ui/words.ts'

// Loaded while it is asked what there is to consent to.
const Consent = lazy(() => import('../features/apps/Consent.tsx'))

/** Where apps send people, to be let in. Who is not signed in signs in first. */
export default function ConsentPage() {
  usePageTitle(() => words.anAppAsks)
  const params = useParams({ from: '/signed-in/oauth/interaction/$uid' })
  const path = () => `/oauth/interaction/${params().uid}`
  void import('../features/apps/Consent.tsx')
  const [isLeaving, setLeaving] = createSignal(false)
  const request = useQuery(() => ({
    queryKey: ['consent', params().uid],
    queryFn: () => getJson<ConsentRequest>(`${path()}/request`),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  }))
  const answer = async (given: ConsentAnswer) => {
    const { location: next } = (await postJson(`${path()}/answer`, given)) as { location: string } // as the route answers
    setLeaving(true)
    location.assign(next)
  }
  return (
    <Switch fallback={<Waiting lines={5} />}>
      <Match when={isLeaving()}>
        <p class="text-center text-soft" role="status">
          {words.goingBack}
        </p>
      </Match>
      <Match when={request.isError && failureOf(request.error).status === 404}>
        <Notice
          art={<Unplug class="size-14 text-accent" stroke-width={1.1} aria-hidden="true" />}
          title={words.requestIsOver}
          actions={
            <Link to={pagePaths.worlds} class={buttonClass('plain')}>
              {common.toYourWorlds}
            </Link>
          }
        >
          <p>{words.requestIsOverHint}</p>
        </Notice>
      </Match>
      <Match when={request.isError}>
        <Alert>{failureOf(request.error).message}</Alert>
      </Match>
      <Match when={request.data}>{(asked) => <Consent request={asked()} onAnswer={answer} />}</Match>
    </Switch>
  )
}
