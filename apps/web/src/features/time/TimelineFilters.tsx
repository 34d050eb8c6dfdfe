import { readPoints } from '@worldloom/schema/calendar/worldDate'
import { Show } from 'solid-js'
import { capitalized, isEntityKind, kinds } from '../../lib/kinds.ts'
import { Choice } from '../../ui/choice.tsx'
import * as common from '../../ui/words.ts'
import { isLaneOf, type LaneOf, type TimelineSearch } from './timelineSearch.ts'
import { WorldDateField } from './WorldDateField.tsx'
import * as words from './words.ts'

const laneLabels: Readonly<Record<LaneOf, string>> = {
  persona: words.personas,
  location: words.locations,
  story: common.stories,
}

/** The days and the kinds that the timeline is cut to. */
export default function TimelineFilters(props: {
  search: TimelineSearch
  onChange: (changes: TimelineSearch) => void
}) {
  return (
    <search class="mt-6 grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_auto_auto]">
      <WorldDateField
        label={common.from}
        name="from"
        value={props.search.from ?? ''}
        onChange={(from) => isDate(from) && props.onChange({ from: from || undefined })}
      />
      <WorldDateField
        label={words.to}
        name="to"
        value={props.search.to ?? ''}
        onChange={(to) => isDate(to) && props.onChange({ to: to || undefined })}
      />
      <Choice
        label={words.ofLabel}
        value={props.search.kind ?? ''}
        onChange={(kind) => props.onChange({ kind: isEntityKind(kind) ? kind : undefined })}
        options={[
          ['', common.everything],
          ...(['scene', 'persona', 'thing', 'location'] as const).map(
            (kind) => [kind, capitalized(kinds[kind].wording.many)] as const,
          ),
        ]}
      />
      <Show when={props.search.view !== 'list'}>
        <Choice
          label={words.lanes}
          value={props.search.lanes ?? ''}
          onChange={(lanes) => props.onChange({ lanes: isLaneOf(lanes) ? lanes : undefined })}
          options={[['', words.kinds], ...Object.entries(laneLabels)]}
        />
      </Show>
    </search>
  )
}

/** Not what is still being typed. */
function isDate(text: string): boolean {
  return text === '' || readPoints(text) !== undefined
}
