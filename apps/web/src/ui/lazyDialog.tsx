import { type Component, lazy, Suspense } from 'solid-js'

/**
 * A dialog that is loaded when it is first opened. It waits for itself alone: otherwise what is around would be taken out
 * of the page meanwhile, and closing the dialog could not give the focus back to what opened it.
 */
export function lazyDialog<Props extends object>(load: () => Promise<{ default: Component<Props> }>): Component<Props> {
  const Dialog = lazy(load)
  return (props) => (
    <Suspense>
      <Dialog {...props} />
    </Suspense>
  )
}
