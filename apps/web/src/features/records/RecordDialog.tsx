import { readError, type WorldloomFailure } from '@worldloom/client'
import { createEffect, createSignal, lazy, Match, onCleanup, Show, Suspense, Switch } from 'solid-js'
import { createStore } from 'solid-js/store'
import { fieldFaults } from '../../lib/failure.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import { setEdited } from '../live/presence.ts'
import { keepDraft, keptDraft } from './keptDraft.ts'
import { RecordFields } from './RecordFields.tsx'
import { type Draft, differences, draftOf, type FormField, type SavedRecord, sentOf } from './recordFields.ts'
import * as words from './words.ts'

// With what compares texts by words.
const ConflictChoice = lazy(() => import('./ConflictChoice.tsx'))

export interface RecordDialogProps<Saved extends SavedRecord> {
  /** What is edited, as written in the middle of a sentence: `world`. */
  noun: string
  title: string
  description?: string
  fields: readonly FormField[]
  /** The record to edit; undefined to create one. */
  record?: Saved | undefined
  /** The key that the draft is stored under, across reloads. */
  draftKey: string
  /** Initial values for a new one. */
  initial?: Draft
  /** The world whose entries can be referred to. */
  worldId?: string
  create: (values: Record<string, string | null>) => Promise<Saved>
  update: (changes: { id: string; version: number } & Record<string, unknown>) => Promise<Saved>
  onClose: () => void
  onSaved: (saved: Saved) => void
}

/**
 * Creates or edits a record. Nothing typed is lost: errors are shown at their fields, somebody else's change is shown
 * beside one's own, and the draft survives a lost session or page.
 */
export default function RecordDialog<Saved extends SavedRecord>(props: RecordDialogProps<Saved>) {
  const [conflict, setConflict] = createSignal<Saved>()
  const [isPending, setPending] = createSignal(false)
  const [error, setError] = createSignal<WorldloomFailure>()
  const kept = keptDraft(props.draftKey)
  // The record when editing began. What arrives meanwhile is a conflict, not a new starting point.
  const [base, setBase] = createSignal<SavedRecord | undefined>(kept ? kept.base : props.record)
  const [draft, setDraft] = createStore<Record<string, string | null>>({
    ...(kept?.draft ?? { ...draftOf(props.fields, props.record), ...props.initial }),
  })
  let form: HTMLFormElement | undefined
  onCleanup(() => setEdited(undefined))
  const failure = () => (conflict() ? undefined : error())

  // When errors are shown, the first invalid field gets the focus.
  createEffect(() => {
    if (failure()) form?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  })

  const change = (field: string, value: string | null) => {
    setDraft({ [field]: value })
    keepDraft(props.draftKey, { draft: { ...draft }, base: base() })
  }
  const send = async (): Promise<Saved> => {
    const before = base()
    if (!before) return await props.create(sentOf(props.fields, draft))
    const changed = differences(props.fields, draft, draftOf(props.fields, before))
    return await props.update({ id: before.id, version: before.version, ...sentOf(changed, draft) })
  }
  const save = async () => {
    if (isPending()) return
    setPending(true)
    setError(undefined)
    try {
      const saved = await send()
      keepDraft(props.draftKey, undefined)
      props.onSaved(saved)
    } catch (thrown) {
      const told = readError(thrown)
      setError(told)
      if (told.reason?.kind === 'changed') await settleWith(told.reason.current as Saved) // the same type as byId's
    } finally {
      setPending(false)
    }
  }
  /** If only its position or links have changed meanwhile, there is nothing to choose. */
  const settleWith = async (current: Saved) => {
    const before = base()
    const isSame =
      before && differences(props.fields, draftOf(props.fields, before), draftOf(props.fields, current)).length === 0
    if (!isSame) {
      setConflict(() => current)
      return
    }
    setBase(() => current)
    setPending(false)
    await save()
  }
  const settle = (chosen: Draft) => {
    const theirs = conflict()
    setBase(() => theirs)
    setConflict(undefined)
    setDraft({ ...chosen })
    void save()
  }
  const close = () => {
    keepDraft(props.draftKey, undefined)
    props.onClose()
  }

  return (
    <Dialog
      open
      onClose={close}
      dismissible={!isPending()}
      wide={conflict() !== undefined}
      title={conflict() ? words.somebodyElseChangedThisToo : props.title}
      description={conflict() ? words.somebodySavedThisWhileYou : (props.description ?? '')}
    >
      <Switch>
        <Match when={conflict()}>
          {(theirs) => (
            <Suspense>
              <ConflictChoice
                fields={props.fields}
                base={draftOf(props.fields, base() ?? theirs())}
                mine={{ ...draft }}
                theirs={draftOf(props.fields, theirs())}
                theirsSavedAt={theirs().updatedAt}
                onChosen={settle}
                onBack={() => setConflict(undefined)}
              />
            </Suspense>
          )}
        </Match>
        <Match when={!conflict()}>
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
              self={props.record?.id}
            />
            <Show when={failure()}>{(given) => <FailureAlert failure={given()} fields={props.fields} />}</Show>
            <div class={dialogActions}>
              <Button look="quiet" onClick={close} disabled={isPending()}>
                {common.cancel}
              </Button>
              <Button look="primary" type="submit" disabled={isPending()}>
                {isPending() ? common.saving : props.record ? common.save : words.createNoun(props.noun)}
              </Button>
            </div>
          </form>
        </Match>
      </Switch>
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
