import Check from 'lucide-solid/icons/check'
import X from 'lucide-solid/icons/x'
import type { ChangeSetDetails } from '../../lib/api.ts'
import { Button } from '../../ui/button.tsx'
import * as common from '../../ui/words.ts'
import type { Decision } from './createDecision.ts'
import * as words from './words.ts'

/** Confirms or dismisses proposed changes as a whole. */
export function DecisionButtons(props: { details: ChangeSetDetails; decision: Decision }) {
  const isGone = () => props.details.changes.some((change) => change.isGone)
  return (
    <div class="flex flex-wrap items-center gap-3">
      <Button
        look="primary"
        disabled={props.decision.isDeciding() || isGone()}
        onClick={() => void props.decision.confirm()}
      >
        <Check class="size-4" aria-hidden="true" />
        {words.confirm}
      </Button>
      <Button disabled={props.decision.isDeciding()} onClick={() => void props.decision.dismiss()}>
        <X class="size-4" aria-hidden="true" />
        {common.dismiss}
      </Button>
      <p class="text-sm text-soft">{isGone() ? words.goneCannotBeConfirmed : words.nothingIsWritten}</p>
    </div>
  )
}
