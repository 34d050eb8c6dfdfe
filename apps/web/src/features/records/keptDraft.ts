import type { Draft, SavedRecord } from './recordFields.ts'

/** What is being typed, and what was saved when that began: somebody may change it meanwhile. */
export interface KeptDraft {
  readonly draft: Draft
  readonly base: SavedRecord | undefined
}

const prefix = 'worldloom.draft.'

/** Keeps what is being typed for as long as the tab lives, over a reload or a sign-in; undefined forgets it. */
export function keepDraft(key: string, kept: KeptDraft | undefined): void {
  try {
    if (kept) sessionStorage.setItem(prefix + key, JSON.stringify(kept))
    else sessionStorage.removeItem(prefix + key)
  } catch {
    // Full, or closed to us: the draft lives in the dialog alone.
  }
}

export function keptDraft(key: string): KeptDraft | undefined {
  try {
    const text = sessionStorage.getItem(prefix + key)
    return text ? (JSON.parse(text) as KeptDraft) : undefined // written by keepDraft alone
  } catch {
    return undefined
  }
}
