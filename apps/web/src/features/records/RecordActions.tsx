import Pencil from 'lucide-solid/icons/pencil'
import Trash from 'lucide-solid/icons/trash'
import { type JSX, Show } from 'solid-js'
import { Button } from '../../ui/button.tsx'
import * as common from '../../ui/words.ts'
import * as words from './words.ts'

/** The actions on a whole record that the user may perform. */
export function RecordActions(props: {
  mayEdit: boolean
  onEdit: () => void
  mayDelete: boolean
  onDelete: () => void
  /** Further actions, before these. */
  children?: JSX.Element
}) {
  return (
    <div class="flex flex-wrap items-center gap-3">
      {props.children}
      <Show when={props.mayEdit}>
        <Button data-edit onClick={() => props.onEdit()}>
          <Pencil class="size-4" aria-hidden="true" />
          {words.edit}
        </Button>
      </Show>
      <Show when={props.mayDelete}>
        <Button look="danger" onClick={() => props.onDelete()}>
          <Trash class="size-4" aria-hidden="true" />
          {common.deleteIt}
        </Button>
      </Show>
    </div>
  )
}
