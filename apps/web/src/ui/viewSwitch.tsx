import { Button } from './button.tsx'
import * as words from './words.ts'

/** Between a picture and the list of the same. */
export function ViewSwitch(props: { view: 'list' | undefined; onChange: (view: 'list' | undefined) => void }) {
  return (
    <div class="flex gap-1 rounded-full border border-line bg-sunk p-1">
      <Button
        look={props.view === undefined ? 'plain' : 'quiet'}
        class="min-h-9 py-1"
        aria-pressed={props.view === undefined}
        onClick={() => props.onChange(undefined)}
      >
        {words.picture}
      </Button>
      <Button
        look={props.view === 'list' ? 'plain' : 'quiet'}
        class="min-h-9 py-1"
        aria-pressed={props.view === 'list'}
        onClick={() => props.onChange('list')}
      >
        {words.list}
      </Button>
    </div>
  )
}
