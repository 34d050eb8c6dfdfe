import type { TableField } from '@worldloom/schema/entity/tableFields'
import { withoutMentions } from '@worldloom/schema/mentionText'
import Check from 'lucide-solid/icons/check'
import { For, lazy, Show, Suspense } from 'solid-js'
import { fieldOf } from '../../lib/kinds.ts'
import { timeAgo } from '../../lib/time.ts'
import { Badge } from '../../ui/panel.tsx'
import type { Row } from './createRows.ts'
import { RowLink } from './RowLink.tsx'
import { TagDots } from './TagDots.tsx'
import * as words from './words.ts'

const WorldDateText = lazy(() => import('../time/WorldDateText.tsx'))

/** What a row has in a column. */
export function Cell(props: { field: TableField; row: Row; worldId: string }) {
  const { name, type, kind, options } = props.field
  const value = () => fieldOf(props.row, name)
  switch (type) {
    case 'flag':
      return (
        <Show when={Reflect.get(props.row, name) === true}>
          <Check class="size-4 text-accent" aria-label={words.yes} />
        </Show>
      )
    case 'choice':
      return <Show when={value()}>{(key) => <Badge>{options?.[key()] ?? key()}</Badge>}</Show>
    case 'reference':
      return (
        <Show when={value() && props.row.names[value() ?? '']}>
          {(called) => <RowLink worldId={props.worldId} kind={kind ?? 'thing'} id={value() ?? ''} name={called()} />}
        </Show>
      )
    case 'references':
      return (
        <For each={props.row.lists[name]}>
          {(id, index) => (
            <>
              {index() > 0 && ', '}
              <RowLink worldId={props.worldId} kind={kind ?? 'thing'} id={id} name={props.row.names[id] ?? '…'} />
            </>
          )}
        </For>
      )
    case 'tags':
      return <TagDots ids={props.row.lists.tags ?? []} names={props.row.names} />
    case 'worldDate':
      return (
        <Show when={value()}>
          {(date) => (
            <Suspense fallback="…">
              <WorldDateText date={date()} />
            </Suspense>
          )}
        </Show>
      )
    case 'time':
      return <time dateTime={value() ?? ''}>{timeAgo(value() ?? '')}</time>
    default:
      return <span dir="auto">{withoutMentions(value() ?? '')}</span>
  }
}
