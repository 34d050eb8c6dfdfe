import { parseWorldDate } from '@worldloom/schema/calendar/parseWorldDate'
import { formatWorldDate } from '@worldloom/schema/calendar/writeWorldDate'
import { createEffect, createSignal, on } from 'solid-js'
import { Field } from '../../ui/field.tsx'
import { useCalendar } from './calendar.ts'

/**
 * A date in the calendar of the world: typed in its words, and read while it is typed.
 */
export function WorldDateField(props: {
  label: string
  name: string
  /** As it is stored. */
  value: string
  /** Receives the date as it is stored; what is no date yet, as it is typed. */
  onChange: (date: string) => void
  hint?: string | undefined
  fault?: string | undefined
}) {
  const calendar = useCalendar()
  const shown = () => (props.value ? formatWorldDate(calendar(), props.value) : '')
  const [typed, setTyped] = createSignal(shown())
  const parsed = () => (typed().trim() ? parseWorldDate(calendar(), typed()) : undefined)
  // A value that comes from elsewhere replaces what was typed.
  createEffect(
    on(
      () => props.value,
      (value) => {
        if (value !== (parsed()?.date ?? typed().trim())) setTyped(shown())
      },
      { defer: true },
    ),
  )
  const reading = () => {
    const date = parsed()?.date
    return date && formatWorldDate(calendar(), date) !== typed().trim()
      ? `= ${formatWorldDate(calendar(), date)}`
      : undefined
  }
  return (
    <Field
      label={props.label}
      name={props.name}
      value={typed()}
      onChange={(text) => {
        setTyped(text)
        props.onChange(parsed()?.date ?? text.trim())
      }}
      hint={reading() ?? props.hint}
      fault={props.fault ?? parsed()?.error}
    />
  )
}
