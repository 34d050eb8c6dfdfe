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

/** What one has written, over what somebody else saved. */
export interface Rebased {
  readonly values: Draft
  /** Where both changed the same, and a person has to choose: in the values as one has written them oneself. */
  readonly conflicts: readonly FormField[]
}

/**
 * What one has written, over what somebody else saved meanwhile: their fields where one has changed nothing, and texts
 * that both changed in different lines in one.
 */
export function rebase(fields: readonly FormField[], draft: Draft, from: Base, onto: Base): Rebased {
  const values: Record<string, string | null> = { ...draft }
  const conflicts: FormField[] = []
  const theirs = new Set(differences(fields, onto.values, from.values))
  const mine = new Set(differences(fields, draft, from.values))
  for (const field of theirs) {
    const { name, control } = field
    const [ours = '', their = ''] = [draft[name] ?? '', onto.values[name] ?? '']
    if (!mine.has(field) || ours === their) {
      values[name] = onto.values[name] ?? null
      continue
    }
    const isText = control.as === 'paragraph' || control.as === 'markdown'
    const merged = isText ? mergeTexts(from.values[name] ?? '', ours, their) : undefined
    if (merged === undefined) conflicts.push(field)
    else values[name] = merged
  }
  return { values, conflicts }
}
