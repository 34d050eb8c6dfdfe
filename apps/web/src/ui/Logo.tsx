/** The name beside the logo. */
export function Logo(props: { class?: string }) {
  return (
    <span
      class={`inline-flex items-center gap-2.5 font-display text-lg font-semibold tracking-tight ${props.class ?? ''}`}
    >
      <img src="/favicon.svg" alt="" class="size-8" />
      Worldloom
    </span>
  )
}
