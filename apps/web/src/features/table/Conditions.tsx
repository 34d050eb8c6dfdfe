import { useQuery } from '@tanstack/solid-query'
import type { TableCondition, TableOperator } from '@worldloom/schema'
import { bareOperators, operatorsOf, type TableField } from '@worldloom/schema/entity/tableFields'
import Plus from 'lucide-solid/icons/plus'
import X from 'lucide-solid/icons/x'
import { createSignal, For, Index, Match, Show, Switch } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { EntityName } from '../entities/EntityName.tsx'
import EntityPicker from '../records/EntityPicker.tsx'
import { tagDots } from '../tags/tagLook.ts'
import { WorldDateField } from '../time/WorldDateField.tsx'
import { operatorLabels } from './columns.ts'
import * as words from './words.ts'

/** Whether a condition can be asked: not while its value is still to be given. */
export function isWhole({ is, values = [] }: TableCondition): boolean {
  return bareOperators.includes(is) || values.some((value) => value !== '')
}

/** The conditions of a list, all of which its entries have to meet. */
export default function Conditions(props: {
  worldId: string
  fields: readonly TableField[]
  value: readonly TableCondition[]
  /** Receives those that are whole. */
  onChange: (conditions: TableCondition[]) => void
}) {
  // With those that are still to be filled in, which no list is asked for.
  const [conditions, setConditions] = createSignal<TableCondition[]>([...props.value])
  const shown = () => {
    const whole = conditions().filter(isWhole)
    // They were changed elsewhere, as by choosing a view.
    return JSON.stringify(whole) === JSON.stringify(props.value) ? conditions() : [...props.value]
  }
  const change = (next: TableCondition[]) => {
    setConditions(next)
    props.onChange(next.filter(isWhole))
  }
  const put = (index: number, condition: TableCondition) =>
    change(shown().map((each, at) => (at === index ? condition : each)))
  const fieldOf = (name: string) => props.fields.find((field) => field.name === name)
  const fresh = (name: string): TableCondition => {
    const field = fieldOf(name)
    const [is = 'isFilled'] = operatorsOf[field?.type ?? 'text']
    return { field: name, is, values: field?.type === 'flag' ? ['true'] : [] }
  }
  return (
    <fieldset class="grid gap-3 rounded-2xl border border-line bg-card p-4">
      <legend class="sr-only">{words.conditions}</legend>
      <Index each={shown()} fallback={<p class="text-sm text-soft">{words.nothingIsFilteredAddA}</p>}>
        {(condition, index) => {
          const field = () => fieldOf(condition().field)
          return (
            <div class="flex flex-wrap items-end gap-2 border-line not-last:border-b not-last:pb-3">
              <Choice
                compact
                label={words.field}
                value={condition().field}
                onChange={(name) => put(index, fresh(name))}
                options={props.fields.map(({ name, label }) => [name, label] as const)}
              />
              <Choice
                compact
                label={words.howItIsCompared}
                value={condition().is}
                onChange={(is) => put(index, { ...condition(), is, ...(bareOperators.includes(is) && { values: [] }) })}
                options={operatorsOf[field()?.type ?? 'text'].map(
                  (operator: TableOperator) => [operator, operatorLabels[operator]] as const,
                )}
              />
              <div class="min-w-48 grow">
                <Show when={!bareOperators.includes(condition().is) && field()}>
                  {(known) => (
                    <Values
                      worldId={props.worldId}
                      field={known()}
                      values={condition().values ?? []}
                      onChange={(values) => put(index, { ...condition(), values })}
                    />
                  )}
                </Show>
              </div>
              <button
                type="button"
                class="grid size-11 shrink-0 place-items-center rounded-full text-soft hover:bg-sunk hover:text-ink"
                aria-label={words.removeConditionOn(field()?.label ?? condition().field)}
                onClick={() => change(shown().filter((_, at) => at !== index))}
              >
                <X class="size-4" aria-hidden="true" />
              </button>
            </div>
          )
        }}
      </Index>
      <div class="flex flex-wrap gap-2">
        <Button
          onClick={() => {
            const used = new Set(shown().map(({ field }) => field))
            const next = props.fields.find(({ name }) => name !== 'name' && !used.has(name)) ?? props.fields[0]
            if (next) change([...shown(), fresh(next.name)])
          }}
        >
          <Plus class="size-4" aria-hidden="true" />
          {words.addCondition}
        </Button>
        <Show when={shown().length > 0}>
          <Button look="quiet" onClick={() => change([])}>
            {words.removeAll}
          </Button>
        </Show>
      </div>
    </fieldset>
  )
}

const chip =
  'inline-flex cursor-pointer items-center gap-2 rounded-full border border-field bg-card px-3 py-1.5 text-sm has-checked:border-accent has-checked:bg-accent-wash has-focus-visible:outline-3 has-focus-visible:outline-accent'

/** What a field is compared with. */
function Values(props: {
  worldId: string
  field: TableField
  values: readonly string[]
  onChange: (values: string[]) => void
}) {
  const one = () => props.values[0] ?? ''
  const toggle = (value: string, isOn: boolean) =>
    props.onChange(isOn ? [...props.values, value] : props.values.filter((each) => each !== value))
  const label = () => words.valueOfField(props.field.label)
  return (
    <Switch
      fallback={<TypedValue label={label()} value={one()} onChange={(value) => props.onChange(value ? [value] : [])} />}
    >
      <Match when={props.field.type === 'flag'}>
        <Choice
          compact
          label={label()}
          value={one() || 'true'}
          onChange={(value) => props.onChange([value])}
          options={[
            ['true', words.yes],
            ['false', words.no],
          ]}
        />
      </Match>
      <Match when={props.field.type === 'choice' && props.field.options}>
        {(options) => (
          <div class="flex flex-wrap gap-2 py-1">
            <For each={Object.entries(options())}>
              {([key, text]) => (
                <label class={chip}>
                  <input
                    type="checkbox"
                    class="sr-only"
                    checked={props.values.includes(key)}
                    onChange={(event) => toggle(key, event.currentTarget.checked)}
                  />
                  {text}
                </label>
              )}
            </For>
          </div>
        )}
      </Match>
      <Match when={props.field.type === 'tags'}>
        <TagValues worldId={props.worldId} values={props.values} onToggle={toggle} />
      </Match>
      <Match when={(props.field.type === 'reference' || props.field.type === 'references') && props.field.kind}>
        {(kind) => (
          <div class="grid gap-2">
            <Show when={props.values.length > 0}>
              <ul class="flex flex-wrap gap-2">
                <For each={props.values}>
                  {(id) => (
                    <li class="inline-flex items-center gap-1 rounded-full border border-accent bg-accent-wash py-0.5 pr-1 pl-3 text-sm">
                      <EntityName kind={kind()} id={id} />
                      <button
                        type="button"
                        class="grid size-8 place-items-center rounded-full hover:bg-sunk"
                        aria-label={words.removeThisValue}
                        onClick={() => toggle(id, false)}
                      >
                        <X class="size-3.5" aria-hidden="true" />
                      </button>
                    </li>
                  )}
                </For>
              </ul>
            </Show>
            <EntityPicker
              worldId={props.worldId}
              kinds={[kind()]}
              label={words.addTo(props.field.label)}
              value={null}
              except={props.values}
              onChange={(id) => id && toggle(id, true)}
            />
          </div>
        )}
      </Match>
      <Match when={props.field.type === 'worldDate'}>
        <WorldDateField
          label={label()}
          name="value"
          value={one()}
          onChange={(date) => props.onChange(date ? [date] : [])}
        />
      </Match>
      <Match when={props.field.type === 'day' || props.field.type === 'time'}>
        <input
          type="date"
          aria-label={label()}
          class="min-h-11 rounded-xl border border-field bg-card px-3 text-base text-ink"
          value={one().slice(0, 10)}
          onChange={(event) => props.onChange(event.currentTarget.value ? [event.currentTarget.value] : [])}
        />
      </Match>
    </Switch>
  )
}

/** Asked for shortly after the last key. */
function TypedValue(props: { label: string; value: string; onChange: (value: string) => void }) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const [typed, setTyped] = createSignal(props.value)
  return (
    <Field
      label={props.label}
      name="value"
      value={typed()}
      onChange={(value) => {
        setTyped(value)
        clearTimeout(timer)
        timer = setTimeout(() => props.onChange(value.trim()), 300)
      }}
    />
  )
}

function TagValues(props: {
  worldId: string
  values: readonly string[]
  onToggle: (id: string, isOn: boolean) => void
}) {
  const tags = useQuery(() => trpc.tag.list.queryOptions({ worldId: props.worldId }))
  return (
    <div class="flex max-h-40 flex-wrap gap-2 overflow-y-auto py-1">
      <For each={dataOf(tags)?.items} fallback={<p class="py-2 text-sm text-soft">{words.thisWorldHasNoTags}</p>}>
        {(tag) => (
          <label class={chip}>
            <input
              type="checkbox"
              class="sr-only"
              checked={props.values.includes(tag.id)}
              onChange={(event) => props.onToggle(tag.id, event.currentTarget.checked)}
            />
            <span class={`size-2.5 rounded-full ${tagDots[tag.color]}`} aria-hidden="true" />
            <bdi>{tag.name}</bdi>
          </label>
        )}
      </For>
    </div>
  )
}
