import { Toast, toaster } from '@kobalte/core/toast'
import X from 'lucide-solid/icons/x'
import { createUniqueId, Show } from 'solid-js'
import type { Stay, ToastAction } from './toastAction.ts'
import * as words from './words.ts'

/** The toasts that are there for long, oldest first. */
let lasting: readonly { readonly id: number; readonly about: string | undefined }[] = []
/** With more, the oldest goes. */
const mostLasting = 3

/** @see dismissLasting in toast.ts */
export function dismiss(about: string | undefined): void {
  for (const toast of lasting) if (about === undefined || toast.about === about) toaster.dismiss(toast.id)
  lasting = about === undefined ? [] : lasting.filter((toast) => toast.about !== about)
}

/** @see showToast in toast.ts */
export function show(message: string, action: ToastAction | undefined, stay: Stay | undefined): void {
  const id = createUniqueId()
  const shown = toaster.show((props) => (
    <Toast
      as="div"
      toastId={props.toastId}
      duration={stay?.duration ?? (action ? 12_000 : 6000)}
      class="flex w-full animate-[rise_200ms_ease-out] items-center gap-3 rounded-2xl border border-line bg-raised py-2 pr-2 pl-5 shadow-lifted"
    >
      <Toast.Description id={id} class="min-w-0 grow py-1.5 text-sm">
        {message}
      </Toast.Description>
      <Show when={action}>
        {(given) => (
          <button
            type="button"
            aria-describedby={id}
            class="shrink-0 rounded-full px-3 py-1.5 text-sm font-semibold text-accent hover:bg-accent-wash"
            onClick={() => {
              toaster.dismiss(props.toastId)
              given().run()
            }}
          >
            {given().label}
          </button>
        )}
      </Show>
      <Toast.CloseButton
        class="grid size-9 shrink-0 place-items-center rounded-full text-soft hover:bg-sunk hover:text-ink"
        aria-label={words.dismiss}
      >
        <X class="size-4" aria-hidden="true" />
      </Toast.CloseButton>
    </Toast>
  ))
  if (!stay) return
  for (const { id } of lasting.slice(0, 1 - mostLasting)) toaster.dismiss(id)
  lasting = [...lasting.slice(1 - mostLasting), { id: shown, about: stay.about }]
}
