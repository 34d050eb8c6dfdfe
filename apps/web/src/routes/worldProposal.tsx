import { useQuery } from '@tanstack/solid-query'
import { Link, useParams } from '@tanstack/solid-router'
import { readError } from '@worldloom/client'
import Check from 'lucide-solid/icons/check'
import Undo from 'lucide-solid/icons/undo-2'
import X from 'lucide-solid/icons/x'
import { createSignal, lazy, Match, Show, Suspense, Switch } from 'solid-js'
import { ProposedBy } from '../features/proposals/ProposedBy.tsx'
import { statusLooks, statusNames } from '../features/proposals/status.ts'
import * as words from '../features/proposals/words.ts'
import { showChanged } from '../features/undo/showChanged.ts'
import { useWorld, useWorldRights } from '../features/worlds/worldContext.ts'
import { type ChangeSetDetails, call, queryClient, trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { failureOf } from '../lib/failure.ts'
import { refreshWorlds } from '../lib/kinds.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Alert, DidNotArrive, Notice } from '../ui/notice.tsx'
import { Badge, Waiting } from '../ui/panel.tsx'
import * as common from '../ui/words.ts'

const ProposedChanges = lazy(() => import('../features/proposals/ProposedChanges.tsx'))

/** Proposed changes, compared with what is there, for somebody to confirm or dismiss as a whole. */
export default function WorldProposal() {
  const world = useWorld()
  const params = useParams({ strict: false })
  const found = useQuery(() => trpc.changeSet.byId.queryOptions({ id: params().changeSetId ?? '' }))
  const isMissing = () => ['notFound', 'badInput'].includes(readError(found.error).reason?.kind ?? '')
  usePageTitle(() => dataOf(found)?.changeSet.title ?? words.proposalsOf(world().displayName))
  const toAll = () => (
    <Link to={pagePaths.worldProposals} params={{ worldId: world().id }} class={buttonClass('plain')}>
      {words.backToTheProposals}
    </Link>
  )
  return (
    <Switch>
      <Match when={dataOf(found)}>{(details) => <Proposal details={details()} />}</Match>
      <Match when={found.isPending}>
        <Waiting lines={5} />
      </Match>
      <Match when={isMissing()}>
        <Notice title={words.proposalNotThere} actions={toAll()}>
          <p>{words.proposalNotThereWhy}</p>
        </Notice>
      </Match>
      <Match when={found.isError}>
        <DidNotArrive what={words.theProposal} error={found.error} onRetry={() => found.refetch()}>
          {toAll()}
        </DidNotArrive>
      </Match>
    </Switch>
  )
}

function Proposal(props: { details: ChangeSetDetails }) {
  const world = useWorld()
  const rights = useWorldRights()
  const [isDeciding, setDeciding] = createSignal(false)
  const [failure, setFailure] = createSignal<string>()
  const me = useQuery(() => trpc.me.get.queryOptions())
  const changeSet = () => props.details.changeSet
  const isGone = () => props.details.changes.some((change) => change.isGone)
  const decide = async (act: () => Promise<unknown>) => {
    setDeciding(true)
    setFailure(undefined)
    try {
      await act()
    } catch (error) {
      setFailure(failureOf(error).message)
    } finally {
      setDeciding(false)
      // What was compared may be outdated, which is the likeliest reason for a refusal.
      await Promise.all([queryClient.invalidateQueries(trpc.changeSet.pathFilter()), refreshWorlds()])
    }
  }
  const confirm = () =>
    decide(async () => {
      await call.changeSet.confirm.mutate({ id: changeSet().id, etag: props.details.etag })
      showChanged(words.written(changeSet().title))
    })
  /** Only whoever made a change can undo it. */
  const undoable = () => (changeSet().decidedById === dataOf(me)?.id ? changeSet().requestId : null)
  const undo = (requestId: string) =>
    decide(async () => {
      await call.history.undo.mutate({ worldId: world().id, requestId })
      showChanged(words.isUndone)
    })
  const dismiss = () => decide(() => call.changeSet.dismiss.mutate({ id: changeSet().id }))
  return (
    <>
      <div class="flex flex-wrap items-baseline gap-x-4 gap-y-2">
        <h1 class="min-w-0 text-4xl break-words">
          <bdi>{changeSet().title}</bdi>
        </h1>
        <Badge look={statusLooks[changeSet().status]}>{statusNames[changeSet().status]}</Badge>
      </div>
      <div class="mt-2">
        <ProposedBy changeSet={changeSet()} />
      </div>
      {/* Above, as a toast at the bottom would cover them. */}
      <Show when={changeSet().status !== 'pending'}>
        <p class="mt-5 flex flex-wrap gap-3">
          <Link to={pagePaths.worldProposals} params={{ worldId: world().id }} class={buttonClass('plain')}>
            {words.backToTheProposals}
          </Link>
          <Show when={undoable()}>
            {(requestId) => (
              <Button disabled={isDeciding()} onClick={() => void undo(requestId())}>
                <Undo class="size-4" aria-hidden="true" />
                {words.undoAllOfIt}
              </Button>
            )}
          </Show>
        </p>
      </Show>
      <h2 class="sr-only">{words.whatItDoes}</h2>
      <Suspense fallback={<Waiting lines={5} />}>
        <ProposedChanges
          changes={props.details.changes}
          worldId={world().id}
          isDecided={changeSet().status !== 'pending'}
        />
      </Suspense>
      <Show when={failure()}>
        {(sentence) => (
          <div class="mt-6">
            <Alert>{sentence()}</Alert>
          </div>
        )}
      </Show>
      <Show when={changeSet().status === 'pending'}>
        <Show when={rights.isEditor()} fallback={<p class="mt-6 text-soft">{words.editorsDecide}</p>}>
          <div class="sticky bottom-0 -mx-4 mt-6 border-t border-line bg-page px-4 py-4 sm:-mx-6 sm:px-6">
            <div class="flex flex-wrap items-center gap-3">
              <Button look="primary" disabled={isDeciding() || isGone()} onClick={() => void confirm()}>
                <Check class="size-4" aria-hidden="true" />
                {words.confirm}
              </Button>
              <Button disabled={isDeciding()} onClick={() => void dismiss()}>
                <X class="size-4" aria-hidden="true" />
                {common.dismiss}
              </Button>
              <p class="text-sm text-soft">{isGone() ? words.goneCannotBeConfirmed : words.nothingIsWritten}</p>
            </div>
          </div>
        </Show>
      </Show>
    </>
  )
}
