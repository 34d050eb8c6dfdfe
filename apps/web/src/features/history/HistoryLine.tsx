import { Show } from 'solid-js'
import type { HistoryItem } from '../../lib/api.ts'
import { isEntityKind, kinds } from '../../lib/kinds.ts'
import { timeAgo } from '../../lib/time.ts'
import { EntityLink } from '../entities/EntityLink.tsx'
import { fieldLabel } from './fieldLabel.ts'

const verbs: Readonly<Record<HistoryItem['action'], string>> = {
  create: 'created',
  update: 'changed',
  delete: 'moved to the trash',
  restore: 'restored',
  move: 'moved',
  link: 'linked',
  unlink: 'unlinked',
  import: 'imported',
}

const memberVerbs: Partial<Record<HistoryItem['action'], string>> = {
  create: 'joined as a member:',
  update: 'changed the role of',
  delete: 'ended the membership of',
}

/** One change as a sentence: “Theo changed Body of The Ninth, 2 hours ago”. */
export function HistoryLine(props: {
  item: HistoryItem
  /** The world that its entry is in, to link to it; if omitted, what was changed is not named. */
  worldId?: string
}) {
  const { item } = props
  const labels = () =>
    item.fields
      .filter((field) => field !== 'position' && !(field === 'displayName' && item.fields.includes('name')))
      .map((field) => fieldLabel(item.kind, field))
      .join(', ')
  const verb = () => {
    if (item.kind === 'member') return memberVerbs[item.action] ?? verbs[item.action]
    // Only entries and worlds have a trash.
    return item.action === 'delete' && item.kind in records ? 'deleted' : verbs[item.action]
  }
  return (
    <p class="text-sm leading-relaxed">
      <bdi class="font-medium">{item.userName ?? 'The operator'}</bdi> {verb()}{' '}
      <Show when={item.kind !== 'member' && ['update', 'link', 'unlink'].includes(item.action) && labels()}>
        <span class="text-ink">{labels()}</span> {props.worldId ? 'of ' : ''}
      </Show>
      <Show when={props.worldId}>{(worldId) => <Subject item={item} worldId={worldId()} />}</Show>
      <span class="text-soft">
        <Show when={item.viaChat}> through the chat</Show> ·{' '}
        <time dateTime={item.changedAt} title={new Date(item.changedAt).toLocaleString('en')}>
          {timeAgo(item.changedAt)}
        </time>
      </span>
    </p>
  )
}

/** What belongs to a world besides entries, as written in a sentence. */
const records: Readonly<Record<string, string>> = {
  tag: 'tag',
  linkKind: 'kind of link',
  link: 'link',
  finding: 'dismissed contradiction',
  map: 'map',
  marker: 'marker',
}

function Subject(props: { item: HistoryItem; worldId: string }) {
  const { kind, subjectId, subjectName } = props.item
  if (kind === 'member') return <bdi>{subjectName}</bdi>
  if (kind === 'world') return <>the world</>
  if (!isEntityKind(kind)) {
    return (
      <>
        <bdi class="font-medium">{subjectName}</bdi> <span class="text-soft">({records[kind]})</span>
      </>
    )
  }
  return (
    <>
      <Show when={props.item.action !== 'delete'} fallback={<bdi class="font-medium">{subjectName}</bdi>}>
        <EntityLink worldId={props.worldId} kind={kind} id={subjectId} name={subjectName} />
      </Show>{' '}
      <span class="text-soft">({kinds[kind].wording.one})</span>
    </>
  )
}
