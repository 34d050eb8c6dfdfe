import BookOpen from 'lucide-solid/icons/book-open'
import CalendarDays from 'lucide-solid/icons/calendar-days'
import ListTree from 'lucide-solid/icons/list-tree'
import PencilLine from 'lucide-solid/icons/pencil-line'
import Search from 'lucide-solid/icons/search'
import ShieldCheck from 'lucide-solid/icons/shield-check'
import Waypoints from 'lucide-solid/icons/waypoints'
import { Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { ToolPart } from './conversationState.ts'

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
          <span class="shrink-0 text-danger">did not work</span>
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
  const whose = typeof displayName === 'string' ? `“${displayName}”` : 'an entry'
  switch (name) {
    case 'searchWorld': {
      const what = said('query') ? `for “${said('query')}”` : `for the latest ${said('kind') || 'entries'}`
      const count = Array.isArray(found) ? `: ${found.length || 'nothing'} found` : ''
      return { icon: Search, text: `Searched ${what}${count}` }
    }
    case 'readEntity':
      return { icon: BookOpen, text: `Read ${whose}` }
    case 'storyOutline':
      return { icon: ListTree, text: `Read the outline of ${whose}` }
    case 'readConnections':
      return { icon: Waypoints, text: 'Read what an entry is linked with' }
    case 'timeline':
      return { icon: CalendarDays, text: 'Read the timeline' }
    case 'checkContinuity':
      return { icon: ShieldCheck, text: 'Looked for contradictions' }
    case 'proposeCreate':
    case 'proposeUpdate':
      return { icon: PencilLine, text: state === 'done' ? 'Made a proposal' : 'Tried to make a proposal' }
    default:
      return { icon: Search, text: `Tried ${name}` }
  }
}

function asText(output: unknown): string {
  return typeof output === 'string' ? output : JSON.stringify(output, null, 2)
}
