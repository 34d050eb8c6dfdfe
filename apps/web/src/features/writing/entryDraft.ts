import { type Draft, differences, draftOf, type FormField } from '../records/recordFields.ts'
import { mergeTexts } from './mergeTexts.ts'

/** A record as far as a form knows it, and its version. */
export interface Base {
  readonly version: number
  readonly values: Draft
}

export function baseOf(fields: readonly FormField[], record: { readonly version: number }): Base {
  return { version: record.version, values: draftOf(fields, record) }
}

/**
 * What one has written, over what somebody else saved meanwhile: their fields where one has changed nothing, and texts
 * that both changed in different lines in one.
 *
 * @returns undefined if both changed the same: a person has to choose
 */
export function rebase(fields: readonly FormField[], draft: Draft, from: Base, onto: Base): Draft | undefined {
  const rebased: Record<string, string | null> = { ...draft }
  const theirs = new Set(differences(fields, onto.values, from.values))
  const mine = new Set(differences(fields, draft, from.values))
  for (const field of theirs) {
    const { name, control } = field
    const [ours = '', their = ''] = [draft[name] ?? '', onto.values[name] ?? '']
    if (!mine.has(field) || ours === their) {
      rebased[name] = onto.values[name] ?? null
      continue
    }
    const isText = control.as === 'paragraph' || control.as === 'markdown'
    const merged = isText ? mergeTexts(from.values[name] ?? '', ours, their) : undefined
    if (merged === undefined) return undefined
    rebased[name] = merged
  }
  return rebased
}
