import { createMemo, createSignal, Match, Switch } from 'solid-js'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Alert } from '../../ui/notice.tsx'
import ConflictChoice from '../records/ConflictChoice.tsx'
import type { createAutosave } from './createAutosave.ts'
import * as words from './words.ts'
import type { Written } from './written.ts'

/** Lets a person choose where somebody else changed the same while it was being written. */
export function Conflict(props: { autosave: ReturnType<typeof createAutosave>; theirs: Written }) {
  const mine = createMemo(() => props.autosave.over(props.theirs))
  const [isOpen, setOpen] = createSignal(true)
  return (
    <Switch>
      <Match when={isOpen()}>
        <Dialog
          open
          wide
          onClose={() => setOpen(false)}
          title={words.somebodyElseChangedThisToo}
          description={words.somebodySavedThisWhileYou}
        >
          <ConflictChoice
            fields={mine().conflicts}
            base={props.autosave.base()}
            mine={mine().values}
            theirs={props.autosave.valuesOf(props.theirs)}
            theirsSavedAt={props.theirs.updatedAt}
            onChosen={props.autosave.choose}
            onBack={() => setOpen(false)}
          />
        </Dialog>
      </Match>
      <Match when={true}>
        <div class="mt-4 flex flex-wrap items-center gap-3">
          <Alert>{words.somebodyElseChangedTheSame}</Alert>
          <Button onClick={() => setOpen(true)}>{words.compare}</Button>
        </div>
      </Match>
    </Switch>
  )
}
