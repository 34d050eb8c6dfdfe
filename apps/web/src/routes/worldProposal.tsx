import { useQuery } from '@tanstack/solid-query'
import { Link, useParams } from '@tanstack/solid-router'
import { readError } from '@worldloom/client'
import Undo from 'lucide-solid/icons/undo-2'
import { lazy, Match, Show, Suspense, Switch } from 'solid-js'
import { createDecision } from '../features/proposals/createDecision.ts'
import { DecisionButtons } from '../features/proposals/DecisionButtons.tsx'
import { ProposedBy } from '../features/proposals/ProposedBy.tsx'
import { statusLooks, statusNames } from '../features/proposals/status.ts'
import * as words from '../features/proposals/words.ts'
import { useWorld, useWorldRights } from '../features/worlds/worldContext.ts'
import { type ChangeSetDetails, trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Alert, DidNotArrive, Notice } from '../ui/notice.tsx'
import { Badge, Waiting } from '../ui/panel.tsx'

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
  const me = useQuery(() => trpc.me.get.queryOptions())
  const changeSet = () => props.details.changeSet
  const decision = createDecision(() => props.details)
  /** Only whoever made a change can undo it. */
  const undoable = () => (changeSet().decidedById === dataOf(me)?.id ? changeSet().requestId : null)
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
              <Button disabled={decision.isDeciding()} onClick={() => void decision.undo(requestId())}>
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
      <Show when={decision.failure()}>
        {(sentence) => (
          <div class="mt-6">
            <Alert>{sentence()}</Alert>
          </div>
        )}
      </Show>
      <Show when={changeSet().status === 'pending'}>
        <Show when={rights.isEditor()} fallback={<p class="mt-6 text-soft">{words.editorsDecide}</p>}>
          <div class="sticky bottom-0 -mx-4 mt-6 border-t border-line bg-page px-4 py-4 sm:-mx-6 sm:px-6">
            <DecisionButtons details={props.details} decision={decision} />
          </div>
        </Show>
      </Show>
    </>
  )
}
