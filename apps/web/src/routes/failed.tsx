import type { ErrorComponentProps } from '@tanstack/solid-router'
import { readError } from '@worldloom/client'
import CloudOff from 'lucide-solid/icons/cloud-off'
import { Show } from 'solid-js'
import * as words from '../features/session/words.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import * as common from '../ui/words.ts'

/** Shown instead of a page that failed to load. */
export function Failed(props: ErrorComponentProps) {
  usePageTitle(() => words.somethingWentWrong)
  const failure = () => readError(props.error)
  return (
    <main class="grid grow place-items-center">
      <Notice
        art={<CloudOff class="size-14 text-accent" stroke-width={1.25} aria-hidden="true" />}
        title={words.thisPageCouldNotBe}
        actions={
          <Button look="primary" onClick={() => location.reload()}>
            {common.tryAgain}
          </Button>
        }
      >
        <p>
          {failure().status === undefined && !failure().isTemporary ? words.somethingInItWentWrong : failure().message}
        </p>
        <Show when={failure().requestId}>{(id) => <p class="mt-2 text-sm">{words.mentionWhenYouReport(id())}</p>}</Show>
      </Notice>
    </main>
  )
}
