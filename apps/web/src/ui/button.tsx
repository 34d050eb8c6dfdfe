import { type ComponentProps, splitProps } from 'solid-js'

const looks = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong border-transparent shadow-card',
  plain: 'bg-card text-ink border-line hover:border-accent hover:bg-raised',
  quiet: 'bg-transparent text-soft border-transparent hover:text-ink hover:bg-sunk',
  danger: 'bg-transparent text-danger border-line hover:bg-danger-wash hover:border-danger',
} as const

export type ButtonLook = keyof typeof looks

const base =
  'inline-flex min-h-10 items-center justify-center gap-2 rounded-full border px-4 py-2 text-sm font-medium no-underline transition-colors disabled:opacity-60'

/** The classes of a button, for links that look like one. */
export function buttonClass(look: ButtonLook, extra = ''): string {
  return `${base} ${looks[look]} ${extra}`
}

export function Button(props: ComponentProps<'button'> & { look?: ButtonLook }) {
  const [own, rest] = splitProps(props, ['look', 'class', 'type'])
  return <button type={own.type ?? 'button'} class={buttonClass(own.look ?? 'plain', own.class)} {...rest} />
}
