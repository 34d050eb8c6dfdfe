import { type JSX, Show } from 'solid-js'
import type { HistoryItem } from '../../lib/api.ts'
import { isEntityKind, kinds } from '../../lib/kinds.ts'
import { timeAgo } from '../../lib/time.ts'
import { language } from '../../lib/words.ts'
import { EntityLink } from '../entities/EntityLink.tsx'
import { fieldLabel } from './fieldLabel.ts'
import * as words from './words.ts'

type Clause = (what: JSX.Element) => JSX.Element

/** What somebody did with something, after their name. */
const clauses: Readonly<Record<HistoryItem['action'], Clause>> = {
  create: words.didCreate,
  update: words.didChange,
  delete: words.didTrash,
  restore: words.didRestore,
  move: words.didMove,
  link: words.didLink,
  unlink: words.didUnlink,
  import: words.didImport,
}

const memberClauses: Partial<Record<HistoryItem['action'], Clause>> = {
  create: words.didJoin,
  update: words.didChangeRole,
  delete: words.didRemove,
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
  const clause = () => {
    if (item.kind === 'member') return memberClauses[item.action] ?? clauses[item.action]
    // Only entries and worlds have a trash.
    return item.action === 'delete' && item.kind in records ? words.didDelete : clauses[item.action]
  }
  const what = () => {
    const subject = props.worldId && <Subject item={item} worldId={props.worldId} />
    const isOfFields = item.kind !== 'member' && ['update', 'link', 'unlink'].includes(item.action) && labels() !== ''
    if (!isOfFields) return subject
    const fields = <span class="text-ink">{labels()}</span>
    return subject ? words.fieldsOf(fields, subject) : fields
  }
  return (
    <p class="text-sm leading-relaxed">
      <bdi class="font-medium">{whoDid(item)}</bdi> {clause()(what())}{' '}
      <span class="text-soft">
        <Show when={item.viaChat}>{words.throughTheChat}</Show> ·{' '}
        <time dateTime={item.changedAt} title={new Date(item.changedAt).toLocaleString(language)}>
          {timeAgo(item.changedAt)}
        </time>
      </span>
    </p>
  )
}

/** What belongs to a world besides entries, as written in a sentence. */
const records: Readonly<Record<string, string>> = {
  tag: words.tag,
  linkKind: words.kindOfLink,
  link: words.link,
  finding: words.dismissedContradiction,
  map: words.map,
  marker: words.marker,
}

function Subject(props: { item: HistoryItem; worldId: string }) {
  const { kind, subjectId, subjectName } = props.item
  if (kind === 'member') return <bdi>{subjectName}</bdi>
  if (kind === 'world') return <>{words.theWorld}</>
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

/** The operator has no account, and is named by the server. */
function whoDid({ userId, userName }: HistoryItem): string {
  return userName === null || (userId === null && userName === 'Operator') ? words.theOperator : userName
}
