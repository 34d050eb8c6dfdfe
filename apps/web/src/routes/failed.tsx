import type { ErrorComponentProps } from '@tanstack/solid-router'
import { readError } from '@worldloom/client'
import CloudOff from 'lucide-solid/icons/cloud-off'
import { Show } from 'solid-js'
import { usePageTitle } from '../lib/pageTitle.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

/** Shown instead of a page that failed to load. */
export function Failed(props: ErrorComponentProps) {
  usePageTitle(() => 'Something went wrong')
  const failure = () => readError(props.error)
  return (
    <main class="grid grow place-items-center">
      <Notice
        art={<CloudOff class="size-14 text-accent" stroke-width={1.25} aria-hidden="true" />}
        title="This page could not be shown"
        actions={
          <Button look="primary" onClick={() => location.reload()}>
            Try again
          </Button>
        }
      >
        <p>
          {failure().status === undefined && !failure().isTemporary ? 'Something in it went wrong.' : failure().message}
        </p>
        <Show when={failure().requestId}>{(id) => <p class="mt-2 text-sm">Mention {id()} when you report it.</p>}</Show>
      </Notice>
    </main>
  )
}
