import type { Calendar } from '@worldloom/schema/calendar/calendarType'
import { calendarPresets } from '@worldloom/schema/calendar/presets'
import { createSignal, For, Show, Suspense } from 'solid-js'
import { formatNumber } from '../../lib/number.ts'
import { Button } from '../../ui/button.tsx'
import { lazyDialog } from '../../ui/lazyDialog.tsx'
import { Panel } from '../../ui/panel.tsx'
import * as common from '../../ui/words.ts'
import { useWorld } from '../worlds/worldContext.ts'
import { useCalendar } from './calendar.ts'
import * as words from './words.ts'

const CalendarDialog = lazyDialog(() => import('./CalendarDialog.tsx'))

/** The calendar of a world: what it is, and another one. */
export default function CalendarSettings() {
  const world = useWorld()
  const calendar = useCalendar()
  const [edited, setEdited] = createSignal<Calendar>()
  const days = () => calendar().months.reduce((sum, month) => sum + month.days, 0)
  return (
    <Panel
      title={words.calendar}
      hint={words.howTheYearsOfThis}
      actions={<Button onClick={() => setEdited(calendar())}>{words.changeCalendar}</Button>}
    >
      <dl class="grid gap-x-8 gap-y-3 text-sm sm:grid-cols-[8rem_1fr]">
        <dt class="text-soft">{common.name}</dt>
        <dd class="font-medium">{calendar().name}</dd>
        <dt class="text-soft">{words.year}</dt>
        <dd>
          {words.yearOf(
            formatNumber(days()),
            calendar().months.length,
            calendar()
              .months.map(({ name }) => name)
              .join(', '),
          )}
        </dd>
        <Show when={calendar().weekdays.length > 0}>
          <dt class="text-soft">{words.week}</dt>
          <dd>{calendar().weekdays.join(', ')}</dd>
        </Show>
        <Show when={calendar().seasons.length > 0}>
          <dt class="text-soft">{words.seasons}</dt>
          <dd>
            {calendar()
              .seasons.map(({ name }) => name)
              .join(', ')}
          </dd>
        </Show>
        <Show when={calendar().eras.length > 0}>
          <dt class="text-soft">{words.eras}</dt>
          <dd>
            {calendar()
              .eras.map(({ name, abbreviation }) => `${name} (${abbreviation})`)
              .join(', ')}
          </dd>
        </Show>
      </dl>
      <p class="mt-5 text-sm text-soft">
        {words.orBeginWithAnother}{' '}
        <For each={Object.values(calendarPresets).filter(({ name }) => name !== calendar().name)}>
          {(preset, index) => (
            <>
              {index() > 0 ? ', ' : ''}
              <button type="button" class="text-accent underline underline-offset-4" onClick={() => setEdited(preset)}>
                {preset.name}
              </button>
            </>
          )}
        </For>
      </p>
      <Show when={edited()} keyed>
        {(given) => (
          <Suspense>
            <CalendarDialog world={world()} calendar={given} onClose={() => setEdited(undefined)} />
          </Suspense>
        )}
      </Show>
    </Panel>
  )
}
