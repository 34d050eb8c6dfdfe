import type { JSX, ParentProps } from 'solid-js'

/** The buttons of a picture, in a row. */
export function PictureTools(props: ParentProps) {
  return <div class="flex gap-1 rounded-full border border-line bg-raised/95 p-1 shadow-card">{props.children}</div>
}

export function PictureTool(props: { label: string; text?: string; onClick: () => void; children: JSX.Element }) {
  return (
    <button
      type="button"
      class="inline-flex h-9 min-w-9 items-center justify-center gap-1.5 rounded-full px-2 text-xs font-medium text-soft hover:bg-sunk hover:text-ink"
      aria-label={props.label}
      title={props.label}
      onClick={() => props.onClick()}
    >
      {props.children}
      {props.text}
    </button>
  )
}
