import { useQuery } from '@tanstack/solid-query'
import { useNavigate, useSearch } from '@tanstack/solid-router'
import { Show } from 'solid-js'
import { destination } from '../features/session/enter.ts'
import { leaveProfileForLater } from '../features/session/profileLater.ts'
import * as words from '../features/session/words.ts'
import { ProfileForm } from '../features/settings/ProfileForm.tsx'
import { trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { Button } from '../ui/button.tsx'

/** Asks new users for their name if their provider did not send it. */
export default function CompleteProfile() {
  usePageTitle(() => words.whatsYourName)
  const search = useSearch({ from: '/signed-in/complete-profile' })
  const navigate = useNavigate()
  const me = useQuery(() => trpc.me.get.queryOptions())
  const goOn = () => navigate({ href: destination(search().redirect), replace: true })
  return (
    <div class="mx-auto max-w-xl">
      <h1 class="text-4xl">{words.whatsYourName}</h1>
      <p class="mt-3 mb-8 leading-relaxed text-soft">{words.whoeverYouShareAWorld}</p>
      <Show when={dataOf(me)}>
        {(person) => <ProfileForm me={person()} action={words.goOn} brief onSaved={goOn} />}
      </Show>
      <Button
        look="quiet"
        class="mt-3 -ml-4"
        onClick={() => {
          leaveProfileForLater()
          void goOn()
        }}
      >
        {words.later}
      </Button>
    </div>
  )
}
