import { type HistoryItem, queryClient, trpc } from '../../lib/api.ts'
import { entityApi, isConnecting, isEntityKind, kinds, refreshWorlds } from '../../lib/kinds.ts'
import { isOwnRequest } from '../../lib/ownChanges.ts'

/** For how many milliseconds further changes are gathered before the page is refreshed again. */
const gathering = 250

/** Changes that are not shown yet. */
let waiting: HistoryItem[] = []
let timer: ReturnType<typeof setTimeout> | undefined

/** Shows what somebody else changed: at once, and if much is changed, several times a second. */
export function applyChange(change: HistoryItem): void {
  // This tab refreshed what it shows after its own changes.
  if (isOwnRequest(change.requestId)) return
  waiting.push(change)
  if (timer === undefined) flush()
}

function flush(): void {
  timer = undefined
  if (waiting.length === 0) return
  const changes = waiting
  waiting = []
  timer = setTimeout(flush, gathering)
  void refreshAfter(changes)
}

/** Refreshes what shows one of these: its own page, and every list, count and outline, as it may appear there. */
async function refreshAfter(changes: readonly HistoryItem[]): Promise<void> {
  const isOfMembers = changes.some(({ kind }) => kind === 'member')
  const stale = new Set(changes.filter(isNewer).map(({ subjectId }) => subjectId))
  await queryClient.invalidateQueries({
    predicate: ({ queryKey: [path, options] }) => {
      if (!Array.isArray(path)) return false
      const [router, procedure] = path as readonly unknown[]
      if (router === 'member') return isOfMembers
      if (router === 'world' || router === 'history' || isConnecting(router)) return true
      if (typeof router !== 'string' || !(router in kinds)) return false
      return procedure !== 'byId' || stale.has(idIn(options))
    },
  })
}

/** Whether an entry is newer than what is known of it. */
function isNewer({ kind, subjectId, version }: HistoryItem): boolean {
  if (!isEntityKind(kind)) return true
  const known = queryClient.getQueryData(entityApi(kind).byId.queryKey({ id: subjectId }))
  return !known || version === null || known.version < version
}

function idIn(options: unknown): string {
  const { input } = (options ?? {}) as { input?: { id?: unknown } } // as the binding makes keys
  return typeof input?.id === 'string' ? input.id : ''
}

/** Shows that something was proposed or decided. */
export function applyProposals({ worldId, pending }: { readonly worldId: string; readonly pending: number }): void {
  queryClient.setQueryData(trpc.changeSet.count.queryKey({ worldId }), { pending })
  void queryClient.invalidateQueries(trpc.changeSet.list.pathFilter())
  void queryClient.invalidateQueries(trpc.changeSet.byId.pathFilter())
}

/** When more was missed than can be told one by one, or the world is gone. */
export async function refreshEverything(): Promise<void> {
  await Promise.all([
    refreshWorlds(),
    queryClient.invalidateQueries(trpc.member.pathFilter()),
    queryClient.invalidateQueries(trpc.history.pathFilter()),
  ])
}
