import { Toast } from '@kobalte/core/toast'
import * as words from './words.ts'

/** Where toasts appear. Rendered once, at the root. F6 moves the focus there. */
export default function ToastRegion() {
  return (
    <Toast.Region hotkey={['F6']} swipeDirection="down" limit={5} pauseOnInteraction aria-label={words.messages}>
      {/* No list: an item of one cannot be a status too. */}
      <Toast.List
        as="div"
        class="fixed inset-x-4 bottom-4 z-60 mx-auto flex max-w-md flex-col gap-2 in-[body:has([data-at-bottom])]:bottom-24"
      />
    </Toast.Region>
  )
}
