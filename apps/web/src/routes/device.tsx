import type { ConsentRequest } from '@worldloom/schema/app'
import Check from 'lucide-solid/icons/circle-check'
import Unplug from 'lucide-solid/icons/unplug'
import { createSignal, lazy, Match, Show, Switch } from 'solid-js'
import type { ConsentAnswer } from '../features/apps/Consent.tsx'
import * as words from '../features/apps/words.ts'
import { postJson } from '../lib/failure.ts'
import { createForm } from '../lib/form.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Alert, Notice } from '../ui/notice.tsx'

// Once there is something to ask.
const Consent = lazy(() => import('../features/apps/Consent.tsx'))

/** For a program without a browser, which shows a code (RFC 8628). */
export default function DevicePage() {
  usePageTitle(() => words.connectADevice)
  const [asked, setAsked] = createSignal<{ readonly userCode: string; readonly request: ConsentRequest }>()
  const [isAllowed, setAllowed] = createSignal<boolean>()
  // Some devices show an address that has the code (RFC 8628 §3.3.1).
  const given = new URLSearchParams(location.search).get('user_code') ?? ''
  const form = createForm({ userCode: given }, async ({ userCode }) => {
    const request = (await postJson('/oauth/device/request', { userCode })) as ConsentRequest // as the route answers
    setAsked({ userCode, request })
  })
  const answer = async (given: ConsentAnswer) => {
    await postJson('/oauth/device/answer', { userCode: asked()?.userCode, answer: given })
    setAllowed(given.allow)
  }
  return (
    <Switch
      fallback={
        <div class="mx-auto grid max-w-md gap-6">
          <div>
            <h1 class="text-3xl">{words.connectADevice}</h1>
            <p class="mt-3 leading-relaxed text-soft">{words.connectADeviceHint}</p>
          </div>
          <form class="grid gap-5" novalidate onSubmit={form.submit}>
            <Field {...form.field('userCode')} label={words.codeOfTheDevice} hint={words.codeHint} required autofocus />
            <p class="text-sm leading-relaxed text-soft">{words.deviceWarning}</p>
            <Show when={form.failure()}>
              {(failure) => <Alert>{failure().status === 404 ? words.noSuchCode : failure().message}</Alert>}
            </Show>
            <div class="flex justify-end">
              <Button look="primary" type="submit" disabled={form.isPending()}>
                {words.checkTheCode}
              </Button>
            </div>
          </form>
        </div>
      }
    >
      <Match when={isAllowed() === true}>
        <Notice
          art={<Check class="size-14 text-accent" stroke-width={1.1} aria-hidden="true" />}
          title={words.allowedIt}
        >
          <p>{words.allowedItHint}</p>
        </Notice>
      </Match>
      <Match when={isAllowed() === false}>
        <Notice
          art={<Unplug class="size-14 text-accent" stroke-width={1.1} aria-hidden="true" />}
          title={words.refused}
        >
          <p>{words.refusedHint}</p>
        </Notice>
      </Match>
      <Match when={asked()}>{(known) => <Consent request={known().request} onAnswer={answer} />}</Match>
    </Switch>
  )
}
