import type { SaveState } from './createAutosave.ts'

const saveTexts: Readonly<Record<SaveState, string>> = {
  saved: 'Saved',
  writing: 'Writing…',
  saving: 'Saving…',
  kept: 'Worldloom cannot be reached. Kept in this browser until it can.',
  refused: 'Not saved yet',
  conflict: 'Somebody else changed this too',
}

/** Whether what is being written is saved. */
export function SaveText(props: { state: SaveState }) {
  return (
    <span role="status" classList={{ 'text-danger': props.state === 'refused' || props.state === 'conflict' }}>
      {saveTexts[props.state]}
    </span>
  )
}
