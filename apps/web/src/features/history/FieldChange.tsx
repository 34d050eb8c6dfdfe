import type { EntityKind } from '@worldloom/schema'
import { For } from 'solid-js'
import type { RouterOutputs } from '../../lib/api.ts'
import { kinds } from '../../lib/kinds.ts'
import { EntityName } from '../entities/EntityName.tsx'
import { entityFields } from '../entities/entityFields.ts'
import { FieldValue } from '../records/FieldValue.tsx'
import { TextDiff } from './TextDiff.tsx'
import * as words from './words.ts'

type FieldDiff = RouterOutputs['history']['diff']['fields'][number]

/** The kinds of what lists of links are of. */
const linkedKinds: Readonly<Record<string, EntityKind>> = {
  personaIds: 'persona',
  thingIds: 'thing',
  storyIds: 'story',
}

/** What differs in a field: a text by words, anything else before and after. */
export function FieldChange(props: {
  kind: EntityKind
  field: FieldDiff
  /** Whether there was nothing before. */
  isNew?: boolean
  /** Names of what has no id yet, by what stands in its place. */
  names?: ReadonlyMap<string, string>
}) {
  if ('parts' in props.field) return <TextDiff parts={props.field.parts} />
  const { field, before, after } = props.field
  const linked = linkedKinds[field]
  const form = entityFields(kinds[props.kind], true).find(({ name }) => name === field)
  const value = (given: unknown) =>
    props.names?.get(String(given)) ??
    (linked ? (
      <Names kind={linked} ids={Array.isArray(given) ? given.map(String) : []} />
    ) : form ? (
      <FieldValue field={form} value={typeof given === 'string' ? given : null} />
    ) : (
      String(given ?? words.empty)
    ))
  if (props.isNew) {
    return (
      <p class="max-h-96 overflow-y-auto text-sm leading-relaxed break-words whitespace-pre-wrap" dir="auto">
        {value(after)}
      </p>
    )
  }
  return (
    <p class="text-sm">
      <span class="sr-only">{words.before}</span>
      <del class="text-danger">{value(before)}</del>
      <span aria-hidden="true"> → </span>
      <span class="sr-only">{words.after}</span>
      <ins class="text-ink no-underline">{value(after)}</ins>
    </p>
  )
}

function Names(props: { kind: EntityKind; ids: readonly string[] }) {
  return (
    <For each={props.ids} fallback={<em class="text-soft">{words.empty}</em>}>
      {(id, index) => (
        <>
          {index() > 0 ? ', ' : ''}
          <EntityName kind={props.kind} id={id} />
        </>
      )}
    </For>
  )
}
