import { Link, useSearch } from '@tanstack/solid-router'
import { createSignal, Show } from 'solid-js'
import { Entrance, textLink } from '../features/session/entrance.tsx'
import { passwordHint } from '../features/session/passwordHint.ts'
import * as words from '../features/session/words.ts'
import { postJson } from '../lib/failure.ts'
import { createForm } from '../lib/form.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Alert } from '../ui/notice.tsx'

export default function ResetPassword() {
  usePageTitle(() => words.setANewPassword)
  const search = useSearch({ from: '/reset-password' })
  const [isDone, setDone] = createSignal(false)
  const form = createForm({ password: '' }, async ({ password }) => {
    await postJson('/auth/password/reset', { token: search().token ?? '', password })
    setDone(true)
  })
  return (
    <Entrance title={words.setANewPassword} intro={words.everyDeviceYouAreSigned}>
      <Show
        when={!isDone()}
        fallback={
          <div class="grid gap-5">
            <p role="status">{words.yourNewPasswordIsSet}</p>
            <Link to={pagePaths.signIn} class={buttonClass('primary', 'min-h-12 text-base')}>
              {words.signIn}
            </Link>
          </div>
        }
      >
        <form class="grid gap-4" novalidate onSubmit={form.submit}>
          <Field
            {...form.field('password')}
            label={words.newPassword}
            type="password"
            autocomplete="new-password"
            hint={passwordHint}
            required
            autofocus
          />
          <Show when={form.failure()}>
            {(failure) => (
              <Alert>
                <Show when={failure().reason?.kind === 'notFound'} fallback={failure().message}>
                  {words.linkIsUsed(
                    <Link to={pagePaths.forgotPassword} class={textLink}>
                      {words.askForAnother}
                    </Link>,
                  )}
                </Show>
              </Alert>
            )}
          </Show>
          <Button look="primary" type="submit" class="min-h-12 text-base" disabled={form.isPending()}>
            {words.setThePassword}
          </Button>
        </form>
      </Show>
    </Entrance>
  )
}
