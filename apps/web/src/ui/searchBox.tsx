import Search from 'lucide-solid/icons/search'
import { onCleanup } from 'solid-js'

/** A search field that searches shortly after the last keystroke. */
export function SearchBox(props: {
  label: string
  value: string
  onChange: (text: string) => void
  autofocus?: boolean
}) {
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  return (
    <label class="relative min-w-0 grow sm:max-w-sm">
      <span class="sr-only">{props.label}</span>
      <Search class="pointer-events-none absolute top-3 left-4 size-5 text-soft" aria-hidden="true" />
      <input
        type="search"
        autofocus={props.autofocus === true}
        class="min-h-11 w-full rounded-full border border-field bg-card pr-4 pl-11 placeholder:text-soft"
        placeholder={props.label}
        value={props.value}
        onInput={(event) => {
          const text = event.currentTarget.value
          clearTimeout(timer)
          timer = setTimeout(() => props.onChange(text.trim()), 250)
        }}
      />
    </label>
  )
}
