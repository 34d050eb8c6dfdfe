import type { Draft } from './recordFields.ts'

const prefix = 'worldloom.draft.'

/** Keeps a draft for the lifetime of the tab, across reloads and sign-ins; undefined discards it. */
export function keepDraft(key: string, draft: Draft | undefined): void {
  try {
    if (draft) sessionStorage.setItem(prefix + key, JSON.stringify(draft))
    else sessionStorage.removeItem(prefix + key)
  } catch {
    // Storage is full or unavailable, so the draft only lives in the dialog.
  }
}

export function keptDraft(key: string): Draft | undefined {
  try {
    const text = sessionStorage.getItem(prefix + key)
    return text ? (JSON.parse(text) as Draft) : undefined // only keepDraft writes it
  } catch {
    return undefined
  }
}
