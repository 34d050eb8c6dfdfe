import * as common from '../../ui/words.ts'
import type { SaveState } from './createAutosave.ts'
import * as words from './words.ts'

const saveTexts: Readonly<Record<SaveState, string>> = {
  saved: words.saved,
  writing: words.writing,
  saving: common.saving,
  kept: words.worldloomCannotBeReachedKept,
  refused: words.notSavedYet,
  conflict: words.somebodyElseChangedThisToo,
}

/** Whether what is being written is saved. */
export function SaveText(props: { state: SaveState }) {
  return (
    <span role="status" classList={{ 'text-danger': props.state === 'refused' || props.state === 'conflict' }}>
      {saveTexts[props.state]}
    </span>
  )
}
