import BookOpen from 'lucide-solid/icons/book-open'
import CalendarDays from 'lucide-solid/icons/calendar-days'
import ListTree from 'lucide-solid/icons/list-tree'
import PencilLine from 'lucide-solid/icons/pencil-line'
import Search from 'lucide-solid/icons/search'
import ShieldCheck from 'lucide-solid/icons/shield-check'
import Waypoints from 'lucide-solid/icons/waypoints'
import { Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { isEntityKind, kinds } from '../../lib/kinds.ts'
import type { ToolPart } from './conversationState.ts'
import * as words from './words.ts'

/** A tool call of the model. Its result can be expanded. */
export function ToolStep(props: { part: ToolPart }) {
  const step = () => describe(props.part)
  return (
    <details class="my-3 rounded-xl border border-line bg-sunk/50 text-sm text-soft open:pb-3">
      <summary class="flex min-h-10 items-center gap-2.5 rounded-xl px-3 py-2">
        <Dynamic
          component={step().icon}
          class={`size-4 shrink-0 ${props.part.state === 'running' ? 'animate-pulse' : ''}`}
          aria-hidden="true"
        />
        <span class="min-w-0 grow truncate">{step().text}</span>
        <Show when={props.part.state === 'failed'}>
          <span class="shrink-0 text-danger">{words.didNotWork}</span>
        </Show>
      </summary>
      <pre class="mx-3 max-h-64 overflow-auto rounded-lg bg-card p-3 font-mono text-xs whitespace-pre-wrap text-ink">
        {props.part.output === undefined ? '…' : asText(props.part.output)}
      </pre>
    </details>
  )
}

function describe({ name, input, output, state }: ToolPart) {
  const given = (typeof input === 'object' && input !== null ? input : {}) as Readonly<Record<string, unknown>> // whatever the model gave
  const said = (field: string) => (typeof given[field] === 'string' ? given[field] : '')
  const { found, displayName } = (typeof output === 'object' && output !== null ? output : {}) as {
    found?: unknown
    displayName?: unknown
  } // whatever the tool returned
  const whose = typeof displayName === 'string' ? words.quoted(displayName) : words.anEntry
  switch (name) {
    case 'searchWorld': {
      const count = Array.isArray(found) ? found.length : undefined
      const kind = said('kind')
      const many = isEntityKind(kind) ? kinds[kind].wording.many : words.entries
      return {
        icon: Search,
        text: said('query') ? words.searched(said('query'), count) : words.lookedUpLatest(many, count),
      }
    }
    case 'readEntity':
      return { icon: BookOpen, text: words.readEntry(whose) }
    case 'storyOutline':
      return { icon: ListTree, text: words.readOutline(whose) }
    case 'readConnections':
      return { icon: Waypoints, text: words.readWhatAnEntryIs }
    case 'linkKinds':
      return { icon: Waypoints, text: words.readTheKindsOfLinks }
    case 'timeline':
      return { icon: CalendarDays, text: words.readTheTimeline }
    case 'checkContinuity':
      return { icon: ShieldCheck, text: words.lookedForContradictions }
    case 'proposeCreate':
    case 'proposeUpdate':
    case 'proposeChanges':
      return { icon: PencilLine, text: state === 'done' ? words.madeAProposal : words.triedToMakeAProposal }
    default:
      return { icon: Search, text: words.tried(name) }
  }
}

function asText(output: unknown): string {
  return typeof output === 'string' ? output : JSON.stringify(output, null, 2)
}
