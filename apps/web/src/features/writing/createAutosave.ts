import { readError, type WorldloomFailure } from '@worldloom/client'
import { batch, createEffect, createSignal, on, onCleanup } from 'solid-js'
import { createStore, unwrap } from 'solid-js/store'
import { refreshWorlds } from '../../lib/kinds.ts'
import { beginSession } from '../../lib/ownChanges.ts'
import { type Draft, differences, draftOf, sentOf } from '../records/recordFields.ts'
import { currentUserId } from '../session/currentUser.ts'
import { type Base, baseOf, rebase } from './entryDraft.ts'
import { beginWriting, forgetUnsent, keepUnsent, keptUnsent } from './unsent.ts'
import { fieldsOf, remember, sendChanges, type Written, type WrittenKind } from './written.ts'

/** `kept`: in this browser, because the server cannot be reached. */
export type SaveState = 'saved' | 'writing' | 'saving' | 'kept' | 'refused' | 'conflict'

/** Saved after so many milliseconds without a key, and after so many in any case. */
const pause = 1200
const longest = 10_000
/** Texts with more characters are saved more rarely, as each version of them is kept. */
const long = 50_000
/** Kept in the browser after so many; writing down a long text takes as long as typing several of its letters. */
const keeping = 300
/** Tried again after so many, if the server cannot be reached. */
const retrying = 5000

/**
 * Saves what is written into an entry or a world, as it is written. Until the server has it, it is kept in the browser. What others
 * save meanwhile is taken over; where both changed the same, a person chooses.
 */
export function createAutosave(props: {
  readonly kind: WrittenKind
  /** As it is now; others change it too. */
  readonly record: Written
}) {
  const fields = fieldsOf(props.kind)
  const userId = currentUserId() ?? ''
  const { id } = props.record
  const kept = keptUnsent(userId, id)
  let base: Base = kept ? { version: kept.version, values: kept.base } : baseOf(fields, props.record)
  // Solid's setters are not typed for generic records.
  const [draft, setDraft] = createStore<Record<string, string | null>>({ ...base.values, ...kept?.changed })
  const [state, setState] = createSignal<SaveState>(kept ? 'writing' : 'saved')
  const [failure, setFailure] = createSignal<WorldloomFailure>()
  const [theirs, setTheirs] = createSignal<Written>()
  const [isFinishing, setFinishing] = createSignal(false)
  let saveTimer: ReturnType<typeof setTimeout> | undefined
  let keepTimer: ReturnType<typeof setTimeout> | undefined
  let firstUnsavedAt = 0
  let sending: Promise<void> | undefined
  let hasSaved = false

  const changed = () => differences(fields, draft, base.values)
  const keep = () => {
    clearTimeout(keepTimer)
    const all = changed()
    if (all.length === 0) {
      forgetUnsent(userId, id)
      return
    }
    const values = Object.fromEntries(all.map(({ name }) => [name, draft[name] ?? null]))
    keepUnsent(userId, id, { kind: props.kind, id, version: base.version, base: base.values, changed: values })
  }
  const schedule = (milliseconds: number) => {
    clearTimeout(saveTimer)
    saveTimer = setTimeout(() => void save(), milliseconds)
  }
  const change = (field: string, value: string | null) => {
    if ((draft[field] ?? '') === (value ?? '')) return
    setDraft({ [field]: value })
    if (state() === 'conflict') return
    if (state() !== 'kept') setState('writing')
    firstUnsavedAt ||= Date.now()
    const factor = Math.max(1, (value?.length ?? 0) / long)
    schedule(Math.max(0, Math.min(pause * factor, firstUnsavedAt + longest * factor - Date.now())))
    clearTimeout(keepTimer)
    keepTimer = setTimeout(keep, keeping * factor)
  }

  /** Takes over what the server has, under what was written since. @returns whether that was possible */
  const takeOver = (onto: Base, from: Draft = base.values): boolean => {
    const rebased = rebase(fields, { ...unwrap(draft) }, { version: base.version, values: from }, onto)
    if (rebased.conflicts.length > 0) return false
    batch(() => {
      base = onto
      setDraft(rebased.values)
    })
    return true
  }
  const send = async (): Promise<void> => {
    const fieldsSent = changed()
    if (fieldsSent.length === 0) {
      setState('saved')
      keep()
      return
    }
    const sent = { ...unwrap(draft) }
    setState('saving')
    firstUnsavedAt = 0
    try {
      const saved = await sendChanges(props.kind, id, base.version, sentOf(fieldsSent, sent))
      hasSaved = true
      // What was sent stays as it was written, though the server may have trimmed it: somebody is writing on in it.
      const written = Object.fromEntries(fieldsSent.map(({ name }) => [name, sent[name] ?? null]))
      takeOver({ version: saved.version, values: { ...draftOf(fields, saved), ...written } }, sent)
      remember(props.kind, saved)
      setFailure(undefined)
      keep()
      setState(changed().length === 0 ? 'saved' : 'writing')
    } catch (error) {
      keep()
      const told = readError(error)
      if (told.reason?.kind === 'changed') {
        const current = told.reason.current as Written // the same type as byId's
        // With what others saved below it, it is sent at once: whoever is done waits for it.
        if (takeOver(baseOf(fields, current))) return await send()
        setTheirs(() => current)
        setState('conflict')
        return
      }
      setFailure(told)
      setState(told.isTemporary ? 'kept' : 'refused')
      if (told.isTemporary) schedule(retrying)
    }
  }
  /** Saves now what is not saved yet, one request at a time. */
  const save = async (): Promise<void> => {
    clearTimeout(saveTimer)
    // Several may be waiting for the same request.
    while (sending) await sending
    if (state() === 'conflict') return
    sending = send().finally(() => {
      sending = undefined
    })
    await sending
  }
  /** Saves the rest. @returns whether that was possible */
  const finish = async (): Promise<boolean> => {
    if (isFinishing()) return false
    setFinishing(true)
    await save()
    setFinishing(false)
    return state() === 'saved'
  }

  // What others saved. What is being saved here comes back by itself.
  createEffect(
    on(
      () => props.record.version,
      (version) => {
        if (version <= base.version || state() === 'saving' || state() === 'conflict') return
        if (takeOver(baseOf(fields, props.record))) keep()
      },
      { defer: true },
    ),
  )
  const leave = () => {
    endSession()
    if (hasSaved) void refreshWorlds()
  }
  const onOnline = () => void save()
  const onLeave = () => {
    keep()
    if (state() === 'writing') void save()
  }
  addEventListener('online', onOnline)
  addEventListener('pagehide', onLeave)
  onCleanup(beginWriting(id))
  // Ends after what is still being sent when the page is left.
  const endSession = beginSession(id)
  onCleanup(() => {
    removeEventListener('online', onOnline)
    removeEventListener('pagehide', onLeave)
    clearTimeout(saveTimer)
    keep()
    // The page is left: what was written last goes on being sent.
    if (state() === 'writing') void save().then(leave)
    else leave()
  })
  if (kept) schedule(0)

  return {
    fields,
    draft: draft as Draft,
    change,
    save,
    finish,
    isFinishing,
    state,
    failure,
    hasSaved: () => hasSaved,
    /** What somebody else saved over the same. */
    theirs,
    base: () => base.values,
    /** One's own over theirs, and where a person has to choose. */
    over: (record: Written) => rebase(fields, { ...unwrap(draft) }, base, baseOf(fields, record)),
    valuesOf: (record: Written) => draftOf(fields, record),
    /** Goes on from what a person chose between theirs and one's own. */
    choose: (chosen: Draft) => {
      const current = theirs()
      if (!current) return
      batch(() => {
        base = { version: current.version, values: draftOf(fields, current) }
        setDraft({ ...chosen })
        setTheirs(undefined)
        setState('writing')
      })
      void save()
    },
    /** Forgets what is not saved. */
    discard: () => {
      const current = theirs() ?? props.record
      batch(() => {
        base = baseOf(fields, current)
        setDraft({ ...base.values })
        setTheirs(undefined)
        setFailure(undefined)
        setState('saved')
      })
      keep()
    },
  }
}
