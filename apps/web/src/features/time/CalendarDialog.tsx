import type { Calendar } from '@worldloom/schema/calendar/calendarType'
import { createSignal, For, Show } from 'solid-js'
import { call, queryClient, type RouterOutputs, trpc, type World } from '../../lib/api.ts'
import { createAttempts } from '../../lib/attempts.ts'
import { refreshWorlds } from '../../lib/kinds.ts'
import { formatNumber } from '../../lib/number.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import { showChanged } from '../undo/showChanged.ts'
import { calendarTexts, readCalendarTexts } from './calendarTexts.ts'
import * as words from './words.ts'

type Preview = RouterOutputs['calendar']['preview']

/** Changes the calendar of a world, after showing what that does to its dates. */
export default function CalendarDialog(props: { world: World; calendar: Calendar; onClose: () => void }) {
  const [texts, setTexts] = createSignal(calendarTexts(props.calendar))
  const [checked, setChecked] = createSignal<{ readonly calendar: Calendar; readonly preview: Preview }>()
  const { attempt, isBusy, failure } = createAttempts()
  const change = (name: keyof ReturnType<typeof calendarTexts>) => (text: string) => {
    setTexts({ ...texts(), [name]: text })
    setChecked(undefined)
  }
  const check = () =>
    attempt(async () => {
      const calendar = readCalendarTexts(texts(), props.calendar)
      setChecked({ calendar, preview: await call.calendar.preview.mutate({ worldId: props.world.id, calendar }) })
    })
  const save = (calendar: Calendar) =>
    attempt(async () => {
      const saved = await call.world.update.mutate({ id: props.world.id, version: props.world.version, calendar })
      queryClient.setQueryData(trpc.world.byId.queryKey({ id: saved.id }), saved)
      void refreshWorlds()
      props.onClose()
      showChanged(words.theCalendarIsChanged)
    })
  const field = (name: keyof ReturnType<typeof calendarTexts>) => ({
    name,
    value: texts()[name],
    onChange: change(name),
  })
  return (
    <Dialog
      open
      wide
      onClose={props.onClose}
      dismissible={!isBusy()}
      title={words.calendar}
      description={words.datesAreKeptAsThey}
    >
      <form
        class="grid gap-5"
        novalidate
        onSubmit={(event) => {
          event.preventDefault()
          const ready = checked()
          void (ready ? save(ready.calendar) : check())
        }}
      >
        <Field label={common.name} autofocus required {...field('name')} />
        <div class="grid items-start gap-5 sm:grid-cols-2">
          <Field label={words.months} hint={words.monthsHint} rows={8} {...field('months')} />
          <div class="grid gap-5">
            <Field label={words.daysOfTheWeek} hint={words.weekHint} rows={4} {...field('weekdays')} />
            <Field label={words.seasons} hint={words.seasonsHint} rows={3} {...field('seasons')} />
          </div>
          <Field label={words.eras} hint={words.erasHint} rows={3} {...field('eras')} />
          <Field label={words.leapYears} hint={words.leapYearsHint} rows={3} {...field('leapRules')} />
          <Field label={words.hoursOfADay} type="number" {...field('hoursPerDay')} />
          <Field label={words.minutesOfAnHour} type="number" {...field('minutesPerHour')} />
        </div>
        <Show when={failure()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
        <Show when={checked()}>{(ready) => <Moved preview={ready().preview} />}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose} disabled={isBusy()}>
            {common.cancel}
          </Button>
          <Button look="primary" type="submit" disabled={isBusy()}>
            {checked() ? words.changeTheCalendar : words.seeWhatItChanges}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Moved(props: { preview: Preview }) {
  const sentence = () => {
    const { total, renamed, widened } = props.preview
    if (total === 0) return words.thereAreNoDatesIn
    if (renamed === 0) return words.noDateChanges(formatNumber(total))
    return words.datesWillChange(formatNumber(renamed), formatNumber(total), widened)
  }
  return (
    <section class="rounded-2xl border border-line bg-card p-4" aria-live="polite">
      <p class="font-medium">{sentence()}</p>
      <ul class="mt-2 grid max-h-56 gap-1 overflow-y-auto text-sm">
        <For each={props.preview.items}>
          {({ entry, before, after, isWidened }) => (
            <li>
              <bdi class="font-medium">{entry?.displayName ?? words.aLink}</bdi>: {before} → {after}
              <Show when={isWidened}>
                <span class="text-danger">{words.lessExact}</span>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}
