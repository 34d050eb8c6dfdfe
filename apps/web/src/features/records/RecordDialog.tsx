import { readError, type WorldloomFailure } from '@worldloom/client'
import { createEffect, createSignal, onCleanup, Show } from 'solid-js'
import { createStore } from 'solid-js/store'
import { fieldFaults } from '../../lib/failure.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import { setEdited } from '../live/presence.ts'
import { keepDraft, keptDraft } from './keptDraft.ts'
import { RecordFields } from './RecordFields.tsx'
import { type Draft, draftOf, type FormField, sentOf } from './recordFields.ts'
import * as words from './words.ts'

export interface RecordDialogProps<Saved> {
  /** What is created, as written in the middle of a sentence: `world`. */
  noun: string
  title: string
  description?: string
  fields: readonly FormField[]
  /** The key that the draft is stored under, across reloads. */
  draftKey: string
  initial?: Draft
  /** The world whose entries can be referred to. */
  worldId?: string
  create: (values: Record<string, string | null>) => Promise<Saved>
  onClose: () => void
  onSaved: (saved: Saved) => void
}

/**
 * Creates a record. Nothing typed is lost: errors are shown at their fields, and the draft survives a lost session or
 * page.
 */
export default function RecordDialog<Saved>(props: RecordDialogProps<Saved>) {
  const [isPending, setPending] = createSignal(false)
  const [failure, setFailure] = createSignal<WorldloomFailure>()
  const [draft, setDraft] = createStore<Record<string, string | null>>({
    ...(keptDraft(props.draftKey) ?? { ...draftOf(props.fields, undefined), ...props.initial }),
  })
  let form: HTMLFormElement | undefined
  onCleanup(() => setEdited(undefined))

  // When errors are shown, the first invalid field gets the focus.
  createEffect(() => {
    if (failure()) form?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  })

  const change = (field: string, value: string | null) => {
    setDraft({ [field]: value })
    keepDraft(props.draftKey, { ...draft })
  }
  const save = async () => {
    if (isPending()) return
    setPending(true)
    setFailure(undefined)
    try {
      const saved = await props.create(sentOf(props.fields, draft))
      keepDraft(props.draftKey, undefined)
      props.onSaved(saved)
    } catch (thrown) {
      setFailure(readError(thrown))
    } finally {
      setPending(false)
    }
  }
  const close = () => {
    keepDraft(props.draftKey, undefined)
    props.onClose()
  }

  return (
    <Dialog open onClose={close} dismissible={!isPending()} title={props.title} description={props.description ?? ''}>
      <form
        ref={(element) => {
          form = element
        }}
        class="grid gap-5"
        novalidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <RecordFields
          fields={props.fields}
          draft={draft}
          onChange={change}
          faults={fieldFaults(failure())}
          worldId={props.worldId}
          self={undefined}
        />
        <Show when={failure()}>{(given) => <FailureAlert failure={given()} fields={props.fields} />}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={close} disabled={isPending()}>
            {common.cancel}
          </Button>
          <Button look="primary" type="submit" disabled={isPending()}>
            {isPending() ? common.saving : words.createWhat(props.noun)}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** An error that belongs to no field and, for a lost session, a link to sign in. */
function FailureAlert(props: { failure: WorldloomFailure; fields: readonly FormField[] }) {
  const isAtField = () => props.fields.some(({ name }) => fieldFaults(props.failure)[name])
  return (
    <Show when={!isAtField()}>
      <Alert>
        <Show when={props.failure.reason?.kind === 'notSignedIn'} fallback={props.failure.message}>
          {words.youHaveBeenSignedOut(
            <a class="font-semibold underline" href="/sign-in" target="_blank" rel="noopener">
              {words.signInAgainInA}
            </a>,
          )}
        </Show>
      </Alert>
    </Show>
  )
}
