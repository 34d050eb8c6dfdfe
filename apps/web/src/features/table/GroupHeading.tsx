import type { TableField } from '@worldloom/schema/entity/tableFields'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import { formatNumber } from '../../lib/number.ts'
import * as words from './words.ts'

export interface ShownGroup {
  readonly value: string | null
  readonly name: string | null
  readonly count: number
}

/** What the rows of a group have in common. */
export function groupLabel(field: TableField | undefined, { value, name }: ShownGroup): string {
  if (value === null) return words.noneOf(field?.label)
  if (field?.type === 'flag') return value === 'true' ? field.label : words.notSo(field.label)
  return name ?? field?.options?.[value] ?? value
}

/** The heading of a group, which folds it. */
export function GroupHeading(props: {
  field: TableField | undefined
  group: ShownGroup
  isFolded: boolean
  onToggle: () => void
}) {
  return (
    <button
      type="button"
      class="inline-flex min-h-10 items-center gap-2 rounded-lg px-1 text-left font-medium"
      aria-expanded={!props.isFolded}
      onClick={() => props.onToggle()}
    >
      <ChevronRight
        class="size-4 shrink-0 transition-transform"
        classList={{ 'rotate-90': !props.isFolded }}
        aria-hidden="true"
      />
      <bdi>{groupLabel(props.field, props.group)}</bdi>
      <span class="font-normal text-soft">{formatNumber(props.group.count)}</span>
    </button>
  )
}
