import { Dialog as KobalteDialog } from '@kobalte/core/dialog'
import X from 'lucide-solid/icons/x'
import { createEffect, type JSX, Show } from 'solid-js'
import { dismissLasting } from './toast.ts'
import * as words from './words.ts'

/** The row of buttons at the end of a dialog, always visible however long the dialog is. */
export const dialogActions =
  'sticky -bottom-6 -mx-6 -mb-6 flex flex-wrap justify-end gap-3 rounded-b-3xl border-t border-line bg-raised px-6 py-4 sm:-bottom-8 sm:-mx-8 sm:-mb-8 sm:px-8'

/** A modal dialog: traps the focus and returns it when closed. Escape closes it. */
export function Dialog(props: {
  open: boolean
  onClose: () => void
  title: string
  description?: string | undefined
  /** Whether Escape or a click outside closes it. Not while saving. */
  dismissible?: boolean
  wide?: boolean
  children: JSX.Element
}) {
  let content: HTMLElement | undefined
  // What opened it: Kobalte gives the focus back to triggers of its own alone.
  const opener = document.activeElement
  // On a phone it would cover the dialog's buttons.
  createEffect(() => props.open && dismissLasting())
  return (
    <KobalteDialog
      open={props.open}
      onOpenChange={(open) => {
        if (!open && props.dismissible !== false) props.onClose()
      }}
    >
      <KobalteDialog.Portal>
        <KobalteDialog.Overlay class="fixed inset-0 z-40 animate-[fade_150ms_ease-out] bg-black/55" />
        <div class="fixed inset-0 z-50 flex items-end justify-center sm:items-center sm:p-6">
          <KobalteDialog.Content
            ref={(element: HTMLElement) => {
              content = element
            }}
            onOpenAutoFocus={(event) => {
              const first = content?.querySelector<HTMLElement>('[autofocus]')
              if (!first) return
              event.preventDefault()
              first.focus()
            }}
            onCloseAutoFocus={(event) => {
              event.preventDefault()
              if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
            }}
            class="max-h-[92dvh] w-full animate-[rise_200ms_ease-out] overflow-y-auto rounded-t-3xl border border-line bg-raised p-6 shadow-lifted focus:outline-none sm:rounded-3xl sm:p-8"
            classList={{ 'sm:max-w-xl': !props.wide, 'sm:max-w-3xl': props.wide === true }}
          >
            <div class="mb-6 flex items-start justify-between gap-4">
              <div>
                <KobalteDialog.Title class="font-display text-2xl font-semibold tracking-tight">
                  {props.title}
                </KobalteDialog.Title>
                <Show when={props.description}>
                  <KobalteDialog.Description class="mt-1 text-sm text-soft">
                    {props.description}
                  </KobalteDialog.Description>
                </Show>
              </div>
              <KobalteDialog.CloseButton
                class="-m-2 grid size-10 place-items-center rounded-full text-soft hover:bg-sunk hover:text-ink"
                aria-label={words.close}
              >
                <X class="size-5" aria-hidden="true" />
              </KobalteDialog.CloseButton>
            </div>
            {props.children}
          </KobalteDialog.Content>
        </div>
      </KobalteDialog.Portal>
    </KobalteDialog>
  )
}
