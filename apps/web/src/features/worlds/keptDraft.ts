import type { WorldDraft } from './worldFields.ts'

const prefix = 'worldloom.draft.'

/** Keeps what is being typed for as long as the tab lives, over a reload or a sign-in; undefined forgets it. */
export function keepDraft(key: string, draft: WorldDraft | undefined): void {
  try {
    if (draft) sessionStorage.setItem(prefix + key, JSON.stringify(draft))
    else sessionStorage.removeItem(prefix + key)
  } catch {
    // Full, or closed to us: the draft lives in the dialog alone.
  }
}

export function keptDraft(key: string): WorldDraft | undefined {
  try {
    const text = sessionStorage.getItem(prefix + key)
    return text ? (JSON.parse(text) as WorldDraft) : undefined // written by keepDraft alone
  } catch {
    return undefined
  }
}
