import type { EntityKind } from '@worldloom/schema'
import Plus from 'lucide-solid/icons/plus'
import { createSignal, createUniqueId, Show } from 'solid-js'
import type { RouterInputs } from '../../lib/api.ts'
import { createAttempts } from '../../lib/attempts.ts'
import { entityCall, kinds, refreshWorlds } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { showChanged } from '../undo/showChanged.ts'
import * as words from './words.ts'

/** Typing a name and pressing Enter appends an entry, and the next one can be typed at once. */
export function QuickAdd(props: { kind: EntityKind; label: string; values: Readonly<Record<string, string>> }) {
  const [name, setName] = createSignal('')
  const { attempt, isBusy, failure, faults } = createAttempts()
  const fault = () => faults().name ?? failure()
  const faultId = createUniqueId()
  let form: HTMLFormElement | undefined
  let input: HTMLInputElement | undefined
  const add = async (event: SubmitEvent) => {
    event.preventDefault()
    if (isBusy() || !name().trim()) return
    const sent = name()
    await attempt(async () => {
      // Besides the name, create only needs the parent, which the page provides.
      await entityCall(props.kind).create.mutate({ ...props.values, name: sent } as RouterInputs['thing']['create'])
      showChanged(words.isThere(sent))
      // What was typed meanwhile is the next one.
      if (name() === sent) setName('')
      void refreshWorlds()
    })
    // The button that was pressed may be gone. Whoever went on to another field stays there.
    if (document.activeElement === document.body || form?.contains(document.activeElement)) input?.focus()
  }
  return (
    <form
      ref={(element) => {
        form = element
      }}
      class="mt-3"
      onSubmit={add}
    >
      <div class="flex gap-2">
        <input
          ref={(element) => {
            input = element
          }}
          class="min-h-10 min-w-0 grow rounded-full border border-dashed border-field bg-transparent px-4 text-sm placeholder:text-soft focus:bg-card"
          aria-label={props.label}
          placeholder={`${props.label} …`}
          value={name()}
          onInput={(event) => setName(event.currentTarget.value)}
          aria-invalid={fault() !== undefined}
          aria-describedby={fault() ? faultId : undefined}
          autocomplete="off"
        />
        <Show when={name().trim()}>
          <Button type="submit" disabled={isBusy()}>
            <Plus class="size-4" aria-hidden="true" />
            {words.addOne(kinds[props.kind].wording.one)}
          </Button>
        </Show>
      </div>
      <Show when={fault()}>
        <p id={faultId} role="alert" class="mt-1.5 px-4 text-sm font-medium text-danger">
          {fault()}
        </p>
      </Show>
    </form>
  )
}
