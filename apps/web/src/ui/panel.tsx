import { type JSX, Show } from 'solid-js'

/** A section of a page, with a heading and actions. */
export function Panel(props: { title: string; hint?: JSX.Element; actions?: JSX.Element; children: JSX.Element }) {
  return (
    <section class="rounded-3xl border border-line bg-card p-5 shadow-card sm:p-7">
      <div class="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2 class="text-xl">{props.title}</h2>
          <Show when={props.hint}>
            <p class="mt-1 max-w-prose text-sm leading-relaxed text-soft">{props.hint}</p>
          </Show>
        </div>
        {props.actions}
      </div>
      <div class="mt-5">{props.children}</div>
    </section>
  )
}

const badgeLooks = {
  plain: 'bg-sunk text-ink',
  accent: 'bg-accent-wash text-ink',
  good: 'border border-good text-good',
  danger: 'bg-danger-wash text-danger',
} as const

/** A badge. */
export function Badge(props: { look?: keyof typeof badgeLooks; children: JSX.Element }) {
  return (
    <span
      class={`inline-flex items-center rounded-full px-2.5 py-0.5 text-xs font-medium ${badgeLooks[props.look ?? 'plain']}`}
    >
      {props.children}
    </span>
  )
}

/** A placeholder while content loads. */
export function Waiting(props: { lines?: number }) {
  return (
    <div class="grid animate-[shimmer_1.6s_ease-in-out_infinite] gap-3" aria-hidden="true">
      {Array.from({ length: props.lines ?? 3 }, () => (
        <div class="h-10 rounded-xl bg-sunk" />
      ))}
    </div>
  )
}
