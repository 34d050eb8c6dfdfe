import type { WorldloomFailure } from '@worldloom/client'
import { createSignal } from 'solid-js'
import { createStore } from 'solid-js/store'
import { failureOf, fieldFaults } from './failure.ts'

/**
 * What a form of text fields is typing, sending or told. What is typed stays whatever happens; after a refusal the
 * focus goes to the first field at fault.
 */
export function createForm<Values extends Record<string, string>>(
  initial: Values,
  send: (values: Values) => Promise<unknown>,
) {
  // Solid's setters know no generic records.
  const [store, setStore] = createStore<Record<string, string>>({ ...initial })
  const values = store as Values // made of one, and changed field by field
  const [failure, setFailure] = createSignal<WorldloomFailure>()
  const [isPending, setPending] = createSignal(false)
  const faults = () => fieldFaults(failure())
  const isAtField = () => Object.keys(faults()).some((field) => field in initial)

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement // where the handler is put
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
    /** What stands beside no field. */
    failure: () => (isAtField() ? undefined : failure()),
    /** The properties that bind a `Field`. */
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
