import type { EntityKind } from '@worldloom/schema'
import { formatWorldDate } from '@worldloom/schema/calendar/writeWorldDate'
import { Match, Show, Switch } from 'solid-js'
import { EntityName } from '../entities/EntityName.tsx'
import { useCalendar } from '../time/calendar.ts'
import type { FormField } from './recordFields.ts'
import * as words from './words.ts'

/** A field's value, for reading. */
export function FieldValue(props: { field: FormField; value: string | null }) {
  const control = () => props.field.control
  const calendar = useCalendar()
  return (
    <Show when={props.value} fallback={<em class="text-soft">{words.empty}</em>}>
      {(value) => (
        <Switch fallback={value()}>
          <Match when={optionLabel(control(), value())}>{(label) => label()}</Match>
          <Match when={control().as === 'worldDate'}>{formatWorldDate(calendar(), value())}</Match>
          <Match when={referredKind(control())}>{(kind) => <EntityName kind={kind()} id={value()} />}</Match>
        </Switch>
      )}
    </Show>
  )
}

function optionLabel(control: FormField['control'], value: string): string | undefined {
  if (control.as === 'choice') return control.options[value]
  return control.as === 'cards' ? control.options[value]?.label : undefined
}

function referredKind(control: FormField['control']): EntityKind | undefined {
  return control.as === 'reference' ? control.kind : undefined
}
