import { expect, test } from 'vitest'
import { gatherItems } from '../src/features/history/gatherItems.ts'
import type { HistoryItem } from '../src/lib/api.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString()
const change = (version: number, minute: number, changes: Partial<HistoryItem> = {}) =>
  // The rest is not looked at.
  ({
    ...{ action: 'update', subjectId: 'wren', userId: 'mira', viaChat: false, fields: ['body'], kind: 'persona' },
    ...{ version, position: version, changedAt: at(minute), ...changes },
  }) as HistoryItem

test('what one person saved while writing is one line', () => {
  const items = [
    change(6, 29, { fields: ['name'] }),
    change(5, 21),
    change(4, 20),
    change(3, 5),
    change(2, 4, { userId: 'ada' }),
  ]
  const lines = gatherItems(items)
  expect(lines.map(({ version, since, fields }) => ({ version, since, fields }))).toEqual([
    { version: 6, since: 3, fields: ['name', 'body'] },
    // After a pause, and by somebody else.
    { version: 3, since: 2, fields: ['body'] },
    { version: 2, since: 1, fields: ['body'] },
  ])
  expect(lines[0]?.all.map(({ version }) => version)).toEqual([6, 5, 4])
})

test('other actions, and changes of other things, stay apart', () => {
  const items = [
    change(3, 3),
    change(2, 2, { action: 'restore' }),
    change(1, 1, { action: 'create' }),
    change(9, 1, { subjectId: 'bell' }),
  ]
  expect(gatherItems(items)).toHaveLength(4)
})
