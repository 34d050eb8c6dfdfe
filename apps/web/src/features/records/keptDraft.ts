import type { Draft, SavedRecord } from './recordFields.ts'

/** A draft, and the record it was based on, which somebody may change meanwhile. */
export interface KeptDraft {
  readonly draft: Draft
  readonly base: SavedRecord | undefined
}

const prefix = 'worldloom.draft.'

/** Keeps a draft for the lifetime of the tab, across reloads and sign-ins; undefined discards it. */
export function keepDraft(key: string, kept: KeptDraft | undefined): void {
  try {
    if (kept) sessionStorage.setItem(prefix + key, JSON.stringify(kept))
    else sessionStorage.removeItem(prefix + key)
  } catch {
    // Storage is full or unavailable, so the draft only lives in the dialog.
  }
}

export function keptDraft(key: string): KeptDraft | undefined {
  try {
    const text = sessionStorage.getItem(prefix + key)
    return text ? (JSON.parse(text) as KeptDraft) : undefined // only keepDraft writes it
  } catch {
    return undefined
  }
}
