import type { Accessor } from 'solid-js'
import { type ChangeSetDetails, call, queryClient, trpc } from '../../lib/api.ts'
import { createAttempts } from '../../lib/attempts.ts'
import { refreshWorlds } from '../../lib/kinds.ts'
import { showChanged } from '../undo/showChanged.ts'
import * as words from './words.ts'

/** Confirming, dismissing and undoing proposed changes, as they were read. */
export function createDecision(details: Accessor<ChangeSetDetails>) {
  const { attempt, isBusy, failure } = createAttempts()
  const decide = async (act: () => Promise<void>) => {
    await attempt(act)
    // What was compared may be outdated, which is the likeliest reason for a refusal.
    await Promise.all([queryClient.invalidateQueries(trpc.changeSet.pathFilter()), refreshWorlds()])
  }
  return {
    isDeciding: isBusy,
    failure,
    confirm: () =>
      decide(async () => {
        const { changeSet, etag } = details()
        await call.changeSet.confirm.mutate({ id: changeSet.id, etag })
        showChanged(words.written(changeSet.title))
      }),
    dismiss: () =>
      decide(async () => {
        await call.changeSet.dismiss.mutate({ id: details().changeSet.id })
      }),
    undo: (requestId: string) =>
      decide(async () => {
        await call.history.undo.mutate({ worldId: details().changeSet.worldId, requestId })
        showChanged(words.isUndone)
      }),
  }
}

export type Decision = ReturnType<typeof createDecision>
