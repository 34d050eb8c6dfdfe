import { useMutation } from '@tanstack/solid-query'
import { readError, type WorldloomFailure } from '@worldloom/client'
import { createEffect, createSignal, For, Match, Show, Switch } from 'solid-js'
import { createStore } from 'solid-js/store'
import { queryClient, trpc, type World } from '../../lib/api.ts'
import { type Faults, fieldFaults } from '../../lib/failure.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import { ConflictChoice } from './ConflictChoice.tsx'
import { keepDraft, keptDraft } from './keptDraft.ts'
import { visibilities, visibilityTexts } from './visibility.ts'
import { differences, draftOf, emptyDraft, fieldLabels, type WorldDraft } from './worldFields.ts'

interface WorldDialogProps {
  /** The world to edit; none to make a new one. */
  world?: World
  onClose: () => void
  onSaved: (world: World) => void
}

/**
 * Makes or edits a world. What is typed survives whatever goes wrong: a fault is shown at its field, a
 * change by somebody else is put beside one's own, a lost session or page keeps the draft.
 */
export default function WorldDialog(props: WorldDialogProps) {
  const [conflict, setConflict] = createSignal<World>()
  const draftKey = props.world?.id ?? 'new'
  const kept = keptDraft(draftKey)
  // The world as it was when the editing began: what comes in meanwhile is a conflict, not a new beginning.
  const [base, setBase] = createSignal(kept ? kept.base : props.world)
  const [draft, setDraft] = createStore<WorldDraft>({
    ...(kept?.draft ?? (props.world ? draftOf(props.world) : emptyDraft)),
  })

  const saved = (world: World) => {
    keepDraft(draftKey, undefined)
    queryClient.setQueryData(trpc.world.byId.queryKey({ id: world.id }), world)
    void queryClient.invalidateQueries(trpc.world.pathFilter())
    props.onSaved(world)
  }
  const failed = (error: unknown) => {
    const { reason } = readError(error)
    // The server sends the world it refused to overwrite, as world.byId would.
    if (reason?.kind === 'changed') setConflict(reason.current as World)
  }
  const create = useMutation(() => trpc.world.create.mutationOptions({ onSuccess: saved }))
  const update = useMutation(() => trpc.world.update.mutationOptions({ onSuccess: saved, onError: failed }))
  let form: HTMLFormElement | undefined
  const isPending = () => create.isPending || update.isPending
  const failure = (): WorldloomFailure | undefined => {
    const error = create.error ?? update.error
    return error && !conflict() ? readError(error) : undefined
  }

  // Once the faults are shown, the focus goes to the first of them.
  createEffect(() => {
    if (failure()) form?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  })

  const change = (field: keyof WorldDraft, value: string) => {
    setDraft({ [field]: value })
    keepDraft(draftKey, { draft: { ...draft }, base: base() })
  }
  const save = () => {
    const world = base()
    if (!world) {
      create.mutate({ ...draft })
      return
    }
    const changed = differences(draft, draftOf(world))
    update.mutate({
      id: world.id,
      version: world.version,
      ...Object.fromEntries(changed.map((field) => [field, draft[field]])),
    })
  }
  const settle = (chosen: WorldDraft) => {
    setBase(conflict())
    setConflict(undefined)
    setDraft(chosen)
    save()
  }
  const close = () => {
    keepDraft(draftKey, undefined)
    props.onClose()
  }

  return (
    <Dialog
      open
      onClose={close}
      dismissible={!isPending()}
      wide={conflict() !== undefined}
      title={conflict() ? 'Somebody else changed it too' : props.world ? 'Edit world' : 'A new world'}
      description={
        conflict()
          ? 'It was saved by somebody while you were editing. Choose what to keep of each field that differs.'
          : props.world
            ? ''
            : 'A name is enough to begin with. It is private until you say otherwise.'
      }
    >
      <Switch>
        <Match when={conflict()}>
          {(theirs) => (
            <ConflictChoice
              base={draftOf(base() ?? theirs())}
              mine={{ ...draft }}
              theirs={draftOf(theirs())}
              theirsSavedAt={theirs().updatedAt}
              onChosen={settle}
              onBack={() => setConflict(undefined)}
            />
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
              save()
            }}
          >
            <DraftFields draft={draft} onChange={change} faults={fieldFaults(failure())} />
            <Show when={failure()}>{(given) => <FailureAlert failure={given()} />}</Show>
            <div class={dialogActions}>
              <Button look="quiet" onClick={close} disabled={isPending()}>
                Cancel
              </Button>
              <Button look="primary" type="submit" disabled={isPending()}>
                {isPending() ? 'Saving…' : props.world ? 'Save' : 'Create world'}
              </Button>
            </div>
          </form>
        </Match>
      </Switch>
    </Dialog>
  )
}

/** The fields one types into, in order. */
const textFields: readonly {
  readonly field: Exclude<keyof WorldDraft, 'visibility'>
  readonly hint?: string
  readonly rows?: number
  readonly required?: true
  readonly autofocus?: true
}[] = [
  { field: 'name', required: true, autofocus: true },
  { field: 'displayName', hint: 'Shown in place of the name, if it is to look different' },
  { field: 'description', rows: 3 },
  { field: 'body', rows: 6, hint: 'Markdown: # headings, **bold**, - lists' },
]

function DraftFields(props: {
  draft: WorldDraft
  onChange: (field: keyof WorldDraft, value: string) => void
  faults: Faults
}) {
  return (
    <>
      <For each={textFields}>
        {({ field, ...options }) => (
          <Field
            label={fieldLabels[field]}
            name={field}
            value={props.draft[field]}
            onChange={(value) => props.onChange(field, value)}
            fault={props.faults[field]}
            {...options}
          />
        )}
      </For>
      <fieldset class="grid gap-2">
        <legend class="mb-1.5 text-sm font-medium">{fieldLabels.visibility}</legend>
        <div class="grid gap-2 sm:grid-cols-3">
          <For each={visibilities}>
            {(visibility) => (
              <label class="flex items-start gap-2.5 rounded-xl border border-field bg-card p-3 has-checked:border-accent has-checked:bg-accent-wash has-focus-visible:outline-3 has-focus-visible:outline-accent">
                <input
                  type="radio"
                  name="visibility"
                  class="mt-1 accent-accent outline-none"
                  value={visibility}
                  checked={props.draft.visibility === visibility}
                  onChange={() => props.onChange('visibility', visibility)}
                />
                <span>
                  <span class="block text-sm font-medium">{visibilityTexts[visibility].label}</span>
                  <span class="block text-xs leading-snug text-soft">{visibilityTexts[visibility].hint}</span>
                </span>
              </label>
            )}
          </For>
        </div>
        <Show when={props.faults.visibility}>
          <p class="text-sm font-medium text-danger">{props.faults.visibility}</p>
        </Show>
      </fieldset>
    </>
  )
}

/** What stands beside no field: the sentence, and for a lost session the way back. */
function FailureAlert(props: { failure: WorldloomFailure }) {
  return (
    <Show when={Object.keys(fieldFaults(props.failure)).length === 0}>
      <Alert>
        <Show when={props.failure.reason?.kind === 'notSignedIn'} fallback={props.failure.message}>
          You have been signed out. What you typed is kept:{' '}
          <a class="font-semibold underline" href="/sign-in" target="_blank" rel="noopener">
            sign in again in a new tab
          </a>
          , then come back and save.
        </Show>
      </Alert>
    </Show>
  )
}
