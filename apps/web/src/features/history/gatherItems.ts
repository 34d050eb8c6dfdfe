import type { HistoryItem } from '../../lib/api.ts'

/** One change, or several that were saved while somebody was writing. */
export interface GatheredItem extends HistoryItem {
  /** The version before the first of them. */
  readonly since: number
  /** All of them, the latest first. */
  readonly all: readonly HistoryItem[]
}

/** Whoever saves the same again within so many milliseconds is still writing. */
const pause = 10 * 60_000

/** Puts together what one person changed in one thing without a pause. @param items the latest first */
export function gatherItems(items: readonly HistoryItem[]): GatheredItem[] {
  const gathered: GatheredItem[] = []
  for (const item of items) {
    const later = gathered.at(-1)
    if (later && goesOn(item, later)) {
      const fields = [...new Set([...later.fields, ...item.fields])]
      gathered[gathered.length - 1] = { ...later, fields, since: before(item), all: [...later.all, item] }
    } else gathered.push({ ...item, since: before(item), all: [item] })
  }
  return gathered
}

function before({ version }: HistoryItem): number {
  return (version ?? 0) - 1
}

function goesOn(item: HistoryItem, later: GatheredItem): boolean {
  const first = later.all.at(-1) ?? later
  return (
    item.action === 'update' &&
    later.action === 'update' &&
    item.subjectId === later.subjectId &&
    item.userId === later.userId &&
    item.viaChat === later.viaChat &&
    item.version === before(first) &&
    Date.parse(first.changedAt) - Date.parse(item.changedAt) <= pause
  )
}
