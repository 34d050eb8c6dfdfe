import { For, type JSX } from 'solid-js'

/** Figures with their names. */
export function Facts(props: { items: readonly (readonly [name: string, value: JSX.Element])[] }) {
  return (
    <dl class="grid grid-cols-2 gap-x-6 gap-y-5 sm:grid-cols-3 lg:grid-cols-4">
      <For each={props.items}>
        {([name, value]) => (
          <div>
            <dt class="text-sm text-soft">{name}</dt>
            <dd class="mt-0.5 text-xl tabular-nums">{value}</dd>
          </div>
        )}
      </For>
    </dl>
  )
}
