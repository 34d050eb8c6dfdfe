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
import { showChanged } from '../undo/showChanged.ts'
import { calendarTexts, readCalendarTexts } from './calendarTexts.ts'

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
      showChanged('The calendar is changed.')
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
      title="Calendar"
      description="Dates are kept as they are written. Before anything is changed, you see what it does to them."
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
        <Field label="Name" autofocus required {...field('name')} />
        <div class="grid items-start gap-5 sm:grid-cols-2">
          <Field label="Months" hint="One a line, with its days: Frostmoon 28" rows={8} {...field('months')} />
          <div class="grid gap-5">
            <Field
              label="Days of the week"
              hint="One a line; none, if there are no weeks"
              rows={4}
              {...field('weekdays')}
            />
            <Field
              label="Seasons"
              hint="One a line, with its first day: Spring 20 March"
              rows={3}
              {...field('seasons')}
            />
          </div>
          <Field
            label="Eras"
            hint="One a line: name, abbreviation and first year. “backwards” for years before it: Before the Ringing, BR, 0, backwards"
            rows={3}
            {...field('eras')}
          />
          <Field
            label="Leap years"
            hint="One a line: month, days more, and every how many years: February, 1, 4 except 100 unless 400"
            rows={3}
            {...field('leapRules')}
          />
          <Field label="Hours of a day" type="number" {...field('hoursPerDay')} />
          <Field label="Minutes of an hour" type="number" {...field('minutesPerHour')} />
        </div>
        <Show when={failure()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
        <Show when={checked()}>{(ready) => <Moved preview={ready().preview} />}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose} disabled={isBusy()}>
            Cancel
          </Button>
          <Button look="primary" type="submit" disabled={isBusy()}>
            {checked() ? 'Change the calendar' : 'See what it changes'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Moved(props: { preview: Preview }) {
  const sentence = () => {
    const { total, renamed, widened } = props.preview
    if (total === 0) return 'There are no dates in this world yet.'
    if (renamed === 0) return `None of the ${formatNumber(total)} dates changes.`
    const less = widened > 0 ? `, and ${formatNumber(widened)} can only be kept less exactly` : ''
    return `${formatNumber(renamed)} of ${formatNumber(total)} dates will read differently${less}.`
  }
  return (
    <section class="rounded-2xl border border-line bg-card p-4" aria-live="polite">
      <p class="font-medium">{sentence()}</p>
      <ul class="mt-2 grid max-h-56 gap-1 overflow-y-auto text-sm">
        <For each={props.preview.items}>
          {({ entry, before, after, isWidened }) => (
            <li>
              <bdi class="font-medium">{entry?.displayName ?? 'A link'}</bdi>: {before} → {after}
              <Show when={isWidened}>
                <span class="text-danger"> (less exact)</span>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}
