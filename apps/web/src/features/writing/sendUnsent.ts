import { readError } from '@worldloom/client'
import { refreshWorlds } from '../../lib/kinds.ts'
import { showToast } from '../../ui/toast.ts'
import { type Draft, differences, type FormField, sentOf } from '../records/recordFields.ts'
import { type Base, baseOf, rebase } from './entryDraft.ts'
import { forgetUnsent, leftUnsent, type Unsent } from './unsent.ts'
import * as words from './words.ts'
import { fieldsOf, sendChanges, type Written } from './written.ts'

/**
 * Sends what a user wrote in this browser and could not be sent then, also that of tabs that are closed later. What
 * somebody else changed too stays, and its page says so.
 *
 * @param isWanted whether the user is still signed in, and online
 */
export async function sendUnsent(userId: string, isWanted: () => boolean): Promise<void> {
  const all = await leftUnsent(userId, () => isWanted() && void sendUnsent(userId, isWanted))
  if (all.length === 0) return
  const sent = []
  // One after the other: they may have been waiting for a weak connection.
  for (const unsent of all) if (await send(userId, unsent)) sent.push(unsent)
  if (sent.length === 0) return
  showToast(words.savedNow(sent.length))
  void refreshWorlds()
}

async function send(userId: string, unsent: Unsent): Promise<boolean> {
  const fields = fieldsOf(unsent.kind)
  const base = { version: unsent.version, values: unsent.base }
  const draft = { ...unsent.base, ...unsent.changed }
  try {
    await update(unsent, fields, base, draft).catch(async (error: unknown) => {
      const { reason } = readError(error)
      if (reason?.kind !== 'changed') throw error
      const onto = baseOf(fields, reason.current as Written) // the same type as byId's
      const rebased = rebase(fields, draft, base, onto)
      if (rebased.conflicts.length > 0) throw error
      await update(unsent, fields, onto, rebased.values)
    })
    forgetUnsent(userId, unsent.id, unsent.tab)
    return true
  } catch {
    // It stays. The page of the entry offers to go on with it, and says what is wrong then.
    return false
  }
}

async function update({ kind, id }: Unsent, fields: readonly FormField[], base: Base, draft: Draft): Promise<void> {
  const changed = differences(fields, draft, base.values)
  if (changed.length === 0) return
  await sendChanges(kind, id, base.version, sentOf(changed, draft))
}
