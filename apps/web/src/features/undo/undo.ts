import { type Changed, readError } from '@worldloom/client'
import { call, type HistoryItem } from '../../lib/api.ts'
import { failureOf } from '../../lib/failure.ts'
import { kinds, refreshWorlds } from '../../lib/kinds.ts'
import { onOwnChange } from '../../lib/ownChanges.ts'
import { showToast } from '../../ui/toast.tsx'
import { fieldLabel } from '../history/fieldLabel.ts'

/** For how long a change can be undone here, in milliseconds. The history can restore it later, too. */
const lifetime = 60_000

/** What one request changed in a world. */
interface Step {
  readonly worldId: string
  readonly requestId: string
  readonly at: number
}

let undoable: Step[] = []
let redoable: Step[] = []
/** The request that undid something last. */
let lastUndo = ''
/** The world whose pages are shown. */
let currentWorld: string | undefined

export function setCurrentWorld(worldId: string | undefined): void {
  currentWorld = worldId
}

onOwnChange((change) => {
  if (change.path === 'history.undo') {
    lastUndo = change.requestId
    return
  }
  const worldId = isUndoable(change.path) ? worldOf(change) : undefined
  if (!worldId) return
  undoable.push({ worldId, requestId: change.requestId, at: Date.now() })
  redoable = []
})

function isUndoable(path: string): boolean {
  const [router = '', procedure = ''] = path.split('.')
  if (router in kinds) return true
  return (
    (router === 'world' && procedure !== 'transfer') ||
    (router === 'member' && procedure !== 'leave') ||
    path === 'history.restore' ||
    path === 'chat.confirm'
  )
}

function worldOf({ path, input, output }: Changed): string | undefined {
  const found = idIn(input, 'worldId') ?? idIn(output, 'worldId')
  if (found) return found
  return path.startsWith('world.') ? (idIn(output, 'id') ?? idIn(input, 'id')) : currentWorld
}

function idIn(value: unknown, name: string): string | undefined {
  const id: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  return typeof id === 'string' ? id : undefined
}

/** Says that the latest change is made, and offers to undo it. */
export function showChanged(message: string): void {
  const step = undoable.at(-1)
  if (!step || Date.now() - step.at > 5000) showToast(message)
  else showToast(message, { label: 'Undo', run: () => void undo(step) }, lifetime)
}

/** Undoes the latest change that can be. */
export function undoLatest(): void {
  const step = latest(undoable)
  if (step) void undo(step)
}

/** Undoes the latest undoing. */
export function redoLatest(): void {
  const step = latest(redoable)
  if (step) void redo(step)
}

function latest(steps: readonly Step[]): Step | undefined {
  const step = steps.at(-1)
  return step && Date.now() - step.at < lifetime ? step : undefined
}

async function undo(step: Step): Promise<void> {
  undoable = undoable.filter((each) => each !== step)
  if (!(await reverse(step))) return
  const redoing = { ...step, requestId: lastUndo, at: Date.now() }
  redoable.push(redoing)
  showToast('Undone.', { label: 'Redo', run: () => void redo(redoing) })
}

async function redo(step: Step): Promise<void> {
  redoable = redoable.filter((each) => each !== step)
  if (!(await reverse(step))) return
  const undoing = { ...step, requestId: lastUndo, at: Date.now() }
  undoable.push(undoing)
  showToast('Done again.', { label: 'Undo', run: () => void undo(undoing) })
}

async function reverse({ worldId, requestId }: Step): Promise<boolean> {
  try {
    await call.history.undo.mutate({ worldId, requestId })
    return true
  } catch (error) {
    const { reason } = readError(error)
    const changes = reason?.kind === 'changedSince' ? reason.changes : []
    // The API sends times as text.
    showToast([failureOf(error).message, ...sentences(changes as unknown as readonly HistoryItem[])].join(' '))
    return false
  } finally {
    void refreshWorlds()
  }
}

/** “Theo changed Description.” */
function sentences(changes: readonly HistoryItem[]): string[] {
  return changes.slice(0, 3).map(({ userName, kind, fields }) => {
    const labels = fields.filter((field) => field !== 'position').map((field) => fieldLabel(kind, field))
    return `${userName ?? 'The operator'} changed ${labels.join(', ') || 'its place'}.`
  })
}

/** Undoes with Ctrl-Z or Cmd-Z, and does it again with Shift, outside of text, which has its own. @returns stops that */
export function listenForUndoKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.altKey) return
    if (event.defaultPrevented || isText(event.target)) return
    event.preventDefault()
    if (event.shiftKey) redoLatest()
    else undoLatest()
  }
  addEventListener('keydown', onKeyDown)
  return () => removeEventListener('keydown', onKeyDown)
}

function isText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
}
