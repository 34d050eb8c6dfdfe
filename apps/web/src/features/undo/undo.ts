import { readError } from '@worldloom/client'
import { call, type HistoryItem } from '../../lib/api.ts'
import { failureOf } from '../../lib/failure.ts'
import { isTyped } from '../../lib/isTyped.ts'
import { kinds, refreshWorlds } from '../../lib/kinds.ts'
import { type OwnChange, ownChanges, whenSent } from '../../lib/ownChanges.ts'
import { dismissLasting, showToast } from '../../ui/toast.ts'
import { fieldLabel } from '../history/fieldLabel.ts'
import { undoLifetime } from './undoLifetime.ts'
import * as words from './words.ts'

/** What one request changed in a world, or several that belong together. */
interface Step {
  readonly worldId: string
  /** Earliest first. */
  readonly requestIds: readonly string[]
  readonly at: number
}

/** Requests that were undone. */
const undone = new Set<string>()
/** What undid something, and what did that again: the requests in the order in which they were made. */
let undoings: Step[] = []
let redoings: Step[] = []
/** The world whose pages are shown. */
let currentWorld: string | undefined

export function setCurrentWorld(worldId: string | undefined): void {
  currentWorld = worldId
}

/** The step of a change; undefined for one that can't be undone. */
function stepOf({ path, input, output, requestId, session, at }: OwnChange): Step | undefined {
  if (!isUndoable(path)) return undefined
  const isOfWorld = path.startsWith('world.')
  const worldId =
    idIn(input, 'worldId') ??
    idIn(output, 'worldId') ??
    (isOfWorld ? (idIn(output, 'id') ?? idIn(input, 'id')) : currentWorld)
  if (!worldId) return undefined
  const together = session ? ownChanges().filter((change) => change.session === session) : []
  return { worldId, requestIds: session ? together.map((change) => change.requestId) : [requestId], at }
}

/** The routers besides those of the kinds whose changes are in the log of a world. */
const logged = new Set(['bulk', 'continuity', 'link', 'linkKind', 'map', 'marker', 'mention', 'tag'])

function isUndoable(path: string): boolean {
  const [router = '', procedure = ''] = path.split('.')
  if (router in kinds || logged.has(router)) return true
  return (
    (router === 'world' && procedure !== 'transfer') ||
    (router === 'member' && procedure !== 'leave') ||
    path === 'history.restore' ||
    path === 'chat.confirm' ||
    path === 'changeSet.confirm'
  )
}

function idIn(value: unknown, name: string): string | undefined {
  const id: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  return typeof id === 'string' ? id : undefined
}

/** Undoes a change. */
export async function undo(change: OwnChange): Promise<void> {
  const step = stepOf(change)
  if (step) await undoStep(step)
}

/** Undoes the latest change of the last minute, if it was not undone yet. */
export async function undoLatest(): Promise<void> {
  await whenSent()
  const steps = [...ownChanges().flatMap((change) => stepOf(change) ?? []), ...redoings]
  const [step] = steps
    .filter(({ requestIds, at }) => !requestIds.some((id) => undone.has(id)) && Date.now() - at < undoLifetime)
    .sort((one, other) => other.at - one.at)
  if (step) await undoStep(step)
}

/** Does again what was undone last. */
export async function redoLatest(): Promise<void> {
  await whenSent()
  const step = undoings.at(-1)
  if (step && Date.now() - step.at < undoLifetime) await redoStep(step)
}

async function undoStep(step: Step): Promise<void> {
  for (const id of step.requestIds) {
    undone.add(id)
    dismissLasting(id)
  }
  const undoing = await reverse(step)
  if (!undoing) return
  undoings = [...undoings, undoing]
  showToast(words.undone, { label: words.redo, run: () => void redoStep(undoing) }, stayOf(undoing))
}

async function redoStep(step: Step): Promise<void> {
  undoings = undoings.filter((each) => each !== step)
  for (const id of step.requestIds) dismissLasting(id)
  const redoing = await reverse(step)
  if (!redoing) return
  redoings = [...redoings, redoing]
  showToast(words.doneAgain, { label: words.undo, run: () => void undoStep(redoing) }, stayOf(redoing))
}

/** As long as it can be done. */
function stayOf({ requestIds }: Step) {
  const about = requestIds.at(-1)
  return { duration: undoLifetime, ...(about !== undefined && { about }) }
}

/** @returns what reverses that in turn; undefined if it was refused, which is said */
async function reverse({ worldId, requestIds }: Step): Promise<Step | undefined> {
  const reversals: OwnChange[] = []
  try {
    // The latest first, as each is on top of those before it.
    for (const requestId of requestIds.toReversed()) {
      await call.history.undo.mutate({ worldId, requestId })
      const reversal = ownChanges().findLast(({ path }) => path === 'history.undo')
      if (reversal) reversals.push(reversal)
    }
    const at = reversals.at(-1)?.at
    return at === undefined ? undefined : { worldId, requestIds: reversals.map(({ requestId }) => requestId), at }
  } catch (error) {
    const { reason } = readError(error)
    const changes = reason?.kind === 'changedSince' ? reason.changes : []
    // The API sends times as text.
    showToast([failureOf(error).message, ...sentences(changes as unknown as readonly HistoryItem[])].join(' '))
    return undefined
  } finally {
    void refreshWorlds()
  }
}

/** “Theo changed Description.” Each once, the latest first. */
function sentences(changes: readonly HistoryItem[]): string[] {
  const all = changes.map(({ userName, kind, fields }) => {
    const labels = fields.filter((field) => field !== 'position').map((field) => fieldLabel(kind, field))
    return words.changedSince(userName ?? words.theOperator, labels.join(', ') || words.itsPlace)
  })
  return [...new Set(all)].slice(0, 3)
}

/** Undoes with Ctrl-Z or Cmd-Z, and does it again with Shift, outside of text, which has its own. @returns stops that */
export function listenForUndoKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.altKey) return
    if (event.defaultPrevented || isTyped(event)) return
    event.preventDefault()
    void (event.shiftKey ? redoLatest() : undoLatest())
  }
  addEventListener('keydown', onKeyDown)
  return () => removeEventListener('keydown', onKeyDown)
}
