import { isDeepStrictEqual } from 'node:util'
import type { KnownPrincipal } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import type { EntityDiff, FieldDiff, TextPart } from '@worldloom/schema'
import { diffLines, diffWordsWithSpace } from 'diff'
import { findVersions } from './history.ts'

/** @throws {NotFoundError} as {@link findVersions} */
export async function diffVersions(
  db: Database,
  principal: KnownPrincipal,
  { id, from, to }: { readonly id: string; readonly from: number; readonly to?: number | undefined },
): Promise<EntityDiff> {
  const [before, after] = await findVersions(db, principal, id, from, to)
  return { id, kind: before.kind, from, to: after.version, fields: diffFields(before.fields, after.fields) }
}

/** How many milliseconds all of a diff's texts may take. */
export const diffBudget = 150

/** What differs between the fields of two versions: texts by words, or by lines where that would take too long. */
export function diffFields(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  deadline = performance.now() + diffBudget,
): FieldDiff[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => !isDeepStrictEqual(before[field], after[field]))
    .map((field) => {
      const [one, other] = [before[field], after[field]]
      if (typeof one === 'string' && typeof other === 'string') {
        return { field, parts: diffText(one, other, deadline) }
      }
      return { field, before: one ?? null, after: other ?? null }
    })
}

function diffText(before: string, after: string, deadline: number): TextPart[] {
  const left = () => Math.max(1, deadline - performance.now())
  // Words first, for as long as half of the time lasts.
  const changes =
    diffWordsWithSpace(before, after, { timeout: left() / 2 }) ?? diffLines(before, after, { timeout: left() })
  if (!changes) {
    return [
      { change: 'removed', text: before },
      { change: 'added', text: after },
    ]
  }
  return changes.map(({ added, removed, value }) => ({
    change: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}
