import { useQuery } from '@tanstack/solid-query'
import { Link } from '@tanstack/solid-router'
import { readError } from '@worldloom/client'
import { Match, Show, Switch } from 'solid-js'
import { type ChangeSetDetails, trpc, type World } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { pagePaths } from '../../pagePaths.ts'
import { Alert, DidNotArrive } from '../../ui/notice.tsx'
import { Badge, Waiting } from '../../ui/panel.tsx'
import { useMay } from '../session/permitted.tsx'
import { rightsIn, WorldContext } from '../worlds/worldContext.ts'
import { createDecision } from './createDecision.ts'
import { DecisionButtons } from './DecisionButtons.tsx'
import ProposedChanges from './ProposedChanges.tsx'
import { statusLooks, statusNames } from './status.ts'
import * as words from './words.ts'

/** Proposed changes outside of their own page, to be decided on. */
export default function ChangeSetCard(props: { id: string }) {
  const found = useQuery(() => trpc.changeSet.byId.queryOptions({ id: props.id }))
  const isMissing = () => readError(found.error).reason?.kind === 'notFound'
  return (
    <Switch>
      <Match when={dataOf(found)}>{(details) => <InItsWorld details={details()} />}</Match>
      <Match when={found.isPending}>
        <Waiting lines={3} />
      </Match>
      <Match when={isMissing()}>
        <p class="my-4 text-sm text-soft">{words.proposalNotThere}</p>
      </Match>
      <Match when={found.isError}>
        <DidNotArrive what={words.theProposal} error={found.error} onRetry={() => found.refetch()} />
      </Match>
    </Switch>
  )
}

/** Where its dates are in the calendar of the world, wherever it is shown. */
function InItsWorld(props: { details: ChangeSetDetails }) {
  const world = useQuery(() => trpc.world.byId.queryOptions({ id: props.details.changeSet.worldId }))
  return (
    <Switch fallback={<Waiting lines={3} />}>
      <Match when={dataOf(world)}>
        {(found) => (
          <WorldContext.Provider value={found}>
            <Card details={props.details} world={found()} />
          </WorldContext.Provider>
        )}
      </Match>
      <Match when={world.isError}>
        <DidNotArrive what={words.theProposal} error={world.error} onRetry={() => world.refetch()} />
      </Match>
    </Switch>
  )
}

function Card(props: { details: ChangeSetDetails; world: World }) {
  const decision = createDecision(() => props.details)
  const rights = rightsIn(() => props.world, useMay())
  const changeSet = () => props.details.changeSet
  return (
    <section
      class="my-4 rounded-2xl border border-accent/60 bg-card p-4 shadow-card sm:p-5"
      aria-label={words.proposalCalled(changeSet().title)}
    >
      <h3 class="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-lg">
        <Link
          to={pagePaths.worldProposal}
          params={{ worldId: changeSet().worldId, changeSetId: changeSet().id }}
          class="min-w-0 break-words underline decoration-line underline-offset-4 hover:decoration-current"
        >
          <bdi>{changeSet().title}</bdi>
        </Link>
        <Badge look={statusLooks[changeSet().status]}>{statusNames[changeSet().status]}</Badge>
      </h3>
      <ProposedChanges
        changes={props.details.changes}
        worldId={changeSet().worldId}
        isDecided={changeSet().status !== 'pending'}
        inCard
      />
      <Show when={decision.failure()}>
        {(sentence) => (
          <div class="mt-4">
            <Alert>{sentence()}</Alert>
          </div>
        )}
      </Show>
      <Show when={changeSet().status === 'pending' && rights.isEditor()}>
        <div class="mt-4">
          <DecisionButtons details={props.details} decision={decision} />
        </div>
      </Show>
    </section>
  )
}
