import type { WorldloomFailure } from '@worldloom/client'
import { createSignal } from 'solid-js'
import { createStore } from 'solid-js/store'
import { failureOf, fieldFaults } from './failure.ts'

/**
 * The state of a form of text fields. What is typed is never lost. After an error, the first invalid field gets the
 * focus.
 */
export function createForm<Values extends Record<string, string>>(
  initial: Values,
  send: (values: Values) => Promise<unknown>,
) {
  // Solid's setters are not typed for generic records.
  const [store, setStore] = createStore<Record<string, string>>({ ...initial })
  const values = store as Values // created from one, and changed field by field
  const [failure, setFailure] = createSignal<WorldloomFailure>()
  const [isPending, setPending] = createSignal(false)
  const faults = () => fieldFaults(failure())
  const isAtField = () => Object.keys(faults()).some((field) => field in initial)

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement // the handler is on the form
    if (isPending()) return
    setPending(true)
    setFailure(undefined)
    try {
      await send({ ...values })
    } catch (error) {
      setFailure(failureOf(error))
      queueMicrotask(() => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
    } finally {
      setPending(false)
    }
  }

  return {
    values,
    isPending,
    submit,
    reset: () => {
      setStore({ ...initial })
      setFailure(undefined)
    },
    /** An error that belongs to no field. */
    failure: () => (isAtField() ? undefined : failure()),
    /** Props that bind a `Field`. */
    field: <Name extends keyof Values & string>(name: Name) => ({
      name,
      get value() {
        return values[name]
      },
      onChange: (value: string) => setStore({ [name]: value }),
      get fault() {
        return faults()[name]
      },
    }),
  }
}
