import { type JSX, lazy, onCleanup, onMount, Show, Suspense } from 'solid-js'
import { fieldFaults } from '../../lib/failure.ts'
import { Button } from '../../ui/button.tsx'
import { Alert } from '../../ui/notice.tsx'
import { Waiting } from '../../ui/panel.tsx'
import * as common from '../../ui/words.ts'
import { setEdited } from '../live/presence.ts'
import { MentionField } from '../mentions/MentionField.tsx'
import { Editors, RecordFields } from '../records/RecordFields.tsx'
import type { FormField } from '../records/recordFields.ts'
import { showChanged } from '../undo/showChanged.ts'
import { Conflict } from './Conflict.tsx'
import { createAutosave } from './createAutosave.ts'
import type { EditingPlace } from './editingPlace.ts'
import { SaveText } from './SaveText.tsx'
import * as words from './words.ts'
import type { Written, WrittenKind } from './written.ts'

const MarkdownEditor = lazy(() => import('./MarkdownEditor.tsx'))

const titleClass =
  'field-sizing-content block w-full resize-none rounded-lg bg-transparent font-display outline-offset-4 text-3xl leading-tight font-semibold tracking-tight placeholder:text-soft sm:text-4xl'
const descriptionClass =
  'field-sizing-content block w-full resize-none rounded-lg bg-transparent font-display outline-offset-4 text-lg leading-relaxed placeholder:text-soft'

/** The page of an entry or a world while it is written: every field in its place, saved as one writes. */
export default function PageEditor(props: {
  worldId: string
  kind: WrittenKind
  /** What it is, above its title. */
  label: string
  record: Written
  begin: EditingPlace
  onDone: () => void
  /** What is shown between its description and its texts. */
  children?: JSX.Element
}) {
  const autosave = createAutosave({
    kind: props.kind,
    get record() {
      return props.record
    },
  })
  const all = autosave.fields
  const [name, displayName] = ['name', 'displayName'].map((each) => all.find((field) => field.name === each))
  // What the page shows as its title; the other one is a field.
  const titleField = props.record.displayName === props.record.name ? name : displayName
  const description = all.find((field) => field.name === 'description')
  const body = all.find((field) => field.name === 'body')
  const inPlace = new Set([titleField, description, body])
  const further = all.filter((field) => !inPlace.has(field))
  const faults = () => fieldFaults(autosave.failure())
  let root: HTMLDivElement | undefined
  onCleanup(() => setEdited(undefined))
  onMount(() => {
    const field = props.begin.field === 'title' ? titleField?.name : props.begin.field
    // Once it is in the page.
    if (field !== 'body') requestAnimationFrame(() => root?.querySelector<HTMLElement>(`[name="${field}"]`)?.focus())
  })
  const finish = async () => {
    // What has the focus may not have told yet what was typed last.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    if (!(await autosave.finish())) return
    if (autosave.hasSaved()) showChanged(common.saved)
    props.onDone()
  }
  const failure = () => {
    const told = autosave.failure()
    return told && !all.some(({ name: each }) => faults()[each]) ? told : undefined
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of its buttons
    <div
      ref={(element) => {
        root = element
      }}
      onKeyDown={(event) => {
        const isSave = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's'
        const isDone = event.key === 'Escape' || ((event.ctrlKey || event.metaKey) && event.key === 'Enter')
        if (event.defaultPrevented || !(isSave || isDone)) return
        event.preventDefault()
        if (isSave) void autosave.save()
        else void finish()
      }}
    >
      {/* Where there is room, it takes none, so that the page stays where it was. */}
      <div class="z-20 flex justify-end sm:h-0 lg:sticky lg:top-18">
        <div class="flex min-h-10 items-center gap-3 rounded-full bg-page/95 pl-4 text-sm text-soft backdrop-blur *:shrink-0 *:first:shrink">
          <SaveText state={autosave.state()} />
          <Show when={['refused', 'kept', 'conflict'].includes(autosave.state())}>
            <Button
              look="quiet"
              onClick={() => {
                autosave.discard()
                props.onDone()
              }}
            >
              {words.discardChanges}
            </Button>
          </Show>
          <Button look="primary" onClick={() => void finish()} disabled={autosave.isFinishing()}>
            {common.done}
          </Button>
        </div>
      </div>
      <p class="text-sm text-soft">{props.label}</p>
      <Show when={failure()}>
        {(told) => (
          <div class="mt-3">
            <Alert>
              <Show when={told().reason?.kind === 'notSignedIn'} fallback={told().message}>
                {words.youHaveBeenSignedOut(
                  <a class="font-semibold underline" href="/sign-in" target="_blank" rel="noopener">
                    {words.signInAgainInA}
                  </a>,
                )}
              </Show>
            </Alert>
          </div>
        )}
      </Show>
      <h1 class="sr-only">{props.record.displayName}</h1>
      <div class="mt-1 sm:pr-48">
        <InPlace id={props.record.id} field={titleField} fault={faults()[titleField?.name ?? '']}>
          {(field) => (
            <textarea
              class={titleClass}
              rows={1}
              name={field.name}
              aria-label={field.label}
              aria-invalid={faults()[field.name] ? true : undefined}
              placeholder={field.label}
              dir="auto"
              value={autosave.draft[field.name] ?? ''}
              // A name is one line.
              onInput={(event) => autosave.change(field.name, event.currentTarget.value.replaceAll('\n', ' '))}
              onKeyDown={(event) =>
                event.key === 'Enter' && !(event.ctrlKey || event.metaKey) && event.preventDefault()
              }
            />
          )}
        </InPlace>
      </div>
      <div class="mt-4 max-w-3xl">
        <InPlace id={props.record.id} field={description} fault={undefined}>
          {(field) => (
            <MentionField
              inPlace={descriptionClass}
              worldId={props.worldId}
              label={field.label}
              name={field.name}
              placeholder={words.describeItInASentence}
              value={autosave.draft[field.name] ?? ''}
              onChange={(value) => autosave.change(field.name, value)}
              rows={2}
              fault={faults()[field.name]}
            />
          )}
        </InPlace>
      </div>
      {/* Each waits for itself: what waits is out of the page meanwhile, and the focus in it is lost. */}
      <Suspense>{props.children}</Suspense>
      <div class="mt-6 grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <InPlace id={props.record.id} field={body} fault={faults().body}>
          {(field) => (
            <Suspense fallback={<Waiting lines={6} />}>
              <MarkdownEditor
                label={field.label}
                value={autosave.draft[field.name] ?? ''}
                onChange={(value) => autosave.change(field.name, value)}
                worldId={props.worldId}
                placeholder={words.writeMentionsAnEntryMakes}
                caret={props.begin.field === field.name ? (props.begin.caret ?? Number.MAX_SAFE_INTEGER) : undefined}
                onFocus={() => setEdited({ subjectId: props.record.id, field: field.name })}
              />
            </Suspense>
          )}
        </InPlace>
        <div class="grid gap-4 rounded-2xl border border-line bg-card p-5 sm:max-lg:grid-cols-2">
          <Suspense>
            <RecordFields
              isGrid
              fields={further}
              draft={autosave.draft}
              onChange={autosave.change}
              faults={faults()}
              worldId={props.worldId}
              self={props.record.id}
            />
          </Suspense>
        </div>
      </div>
      <Show when={autosave.theirs()}>{(theirs) => <Conflict autosave={autosave} theirs={theirs()} />}</Show>
    </div>
  )
}

/** A field where the page shows it, its fault, and who else is in it. */
function InPlace(props: {
  id: string
  field: FormField | undefined
  fault: string | undefined
  children: (field: FormField) => JSX.Element
}) {
  return (
    <Show when={props.field}>
      {(field) => (
        // The focus says which field is being edited, and tells nobody that it could be used.
        <div role="presentation" onFocusIn={() => setEdited({ subjectId: props.id, field: field().name })}>
          {props.children(field())}
          <Show when={props.fault}>
            <p class="mt-1 text-sm font-medium text-danger" role="alert">
              {props.fault}
            </p>
          </Show>
          <Editors subjectId={props.id} field={field().name} label={field().label} />
        </div>
      )}
    </Show>
  )
}
