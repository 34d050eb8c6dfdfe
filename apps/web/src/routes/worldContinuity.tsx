import { useQuery } from '@tanstack/solid-query'
import ShieldCheck from 'lucide-solid/icons/shield-check'
import { createSignal, For, Match, Show, Suspense, Switch } from 'solid-js'
import * as words from '../features/continuity/words.ts'
import { EntityLink } from '../features/entities/EntityLink.tsx'
import { showChanged } from '../features/undo/showChanged.ts'
import { useWorld, useWorldRights } from '../features/worlds/worldContext.ts'
import { call, type Finding, queryClient, trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { failureOf } from '../lib/failure.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { Button } from '../ui/button.tsx'
import { lazyDialog } from '../ui/lazyDialog.tsx'
import { Alert, Notice } from '../ui/notice.tsx'
import { Badge, Waiting } from '../ui/panel.tsx'
import { showToast } from '../ui/toast.ts'
import * as common from '../ui/words.ts'

const DismissDialog = lazyDialog(() => import('../features/continuity/DismissDialog.tsx'))

const ruleNames: Readonly<Record<Finding['rule'], string>> = {
  beforeBirth: words.beforeBirth,
  afterDeath: words.afterDeath,
  endBeforeBeginning: words.endsBeforeItBegins,
  twoPlaces: words.twoPlacesAtOnce,
  twoOwners: words.twoOwnersAtOnce,
  childOlder: words.olderThanAParent,
  ruinedPlace: words.thePlaceIsNotThere,
  missingThing: words.theThingIsNotThere,
  mentionOfTrash: words.mentionsTheTrash,
  actOutOfOrder: words.outOfOrder,
}

/** Contradictions in a world, by rules over its dates, links and mentions. */
export default function WorldContinuity() {
  const world = useWorld()
  usePageTitle(() => words.continuityOf(world().displayName))
  const report = useQuery(() => trpc.continuity.check.queryOptions({ worldId: world().id, dismissed: true }))
  const open = () => dataOf(report)?.findings.filter(({ dismissal }) => !dismissal) ?? []
  const dismissed = () => dataOf(report)?.findings.filter(({ dismissal }) => dismissal) ?? []
  const [asked, setAsked] = createSignal<Finding>()
  return (
    <>
      <h1 class="text-4xl">{words.continuity}</h1>
      <p class="mt-2 max-w-prose text-soft">{words.whatCannotBeByThe}</p>
      <Switch>
        <Match when={report.isPending}>
          <div class="mt-6">
            <Waiting lines={4} />
          </div>
        </Match>
        <Match when={report.isError}>
          <div class="mt-6">
            <Alert>{failureOf(report.error).message}</Alert>
          </div>
        </Match>
        <Match when={true}>
          <Show
            when={open().length > 0}
            fallback={
              <Notice
                art={<ShieldCheck class="size-12 text-accent" stroke-width={1.25} aria-hidden="true" />}
                title={words.noContradictions}
              >
                <p>{words.giveScenesPersonasLocationsAnd}</p>
              </Notice>
            }
          >
            <ul class="mt-6 divide-y divide-line rounded-3xl border border-line bg-card px-5 shadow-card">
              <For each={open()}>
                {(finding) => <FindingRow finding={finding} worldId={world().id} onDismiss={() => setAsked(finding)} />}
              </For>
            </ul>
          </Show>
          <Show when={dismissed().length > 0}>
            <h2 class="mt-10 text-2xl">{words.dismissed}</h2>
            <p class="mt-1 text-sm text-soft">{words.theyComeBackWhenAnything}</p>
            <ul class="mt-4 divide-y divide-line rounded-3xl border border-line bg-card px-5">
              <For each={dismissed()}>{(finding) => <FindingRow finding={finding} worldId={world().id} />}</For>
            </ul>
          </Show>
        </Match>
      </Switch>
      <Show when={asked()} keyed>
        {(finding) => (
          <Suspense>
            <DismissDialog finding={finding} worldId={world().id} onClose={() => setAsked(undefined)} />
          </Suspense>
        )}
      </Show>
    </>
  )
}

function FindingRow(props: { finding: Finding; worldId: string; onDismiss?: () => void }) {
  const rights = useWorldRights()
  const reopen = async () => {
    const { dismissal } = props.finding
    if (!dismissal) return
    try {
      await call.continuity.reopen.mutate({ id: dismissal.id, version: dismissal.version })
      await queryClient.invalidateQueries(trpc.continuity.pathFilter())
      showChanged(words.itIsOpenAgain)
    } catch (error) {
      showToast(failureOf(error).message)
    }
  }
  return (
    <li class="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-4">
      <div class="min-w-0 grow basis-80">
        <p class="flex flex-wrap gap-2">
          <Badge look="accent">{ruleNames[props.finding.rule]}</Badge>
          <Show when={props.finding.certainty === 'possible'}>
            <Badge>{words.possible}</Badge>
          </Show>
        </p>
        <p class="mt-2 max-w-prose leading-relaxed" dir="auto">
          {props.finding.message}
        </p>
        <p class="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-sm">
          <For each={props.finding.entries}>
            {(entry) => (
              <span>
                <EntityLink worldId={props.worldId} kind={entry.kind} id={entry.id} name={entry.displayName} />
              </span>
            )}
          </For>
        </p>
        <Show when={props.finding.dismissal}>
          {(dismissal) => (
            <p class="mt-2 text-sm text-soft" dir="auto">
              {dismissal().userName ?? words.somebody}: {dismissal().reason}
            </p>
          )}
        </Show>
      </div>
      <Show when={rights.mayUpdate()}>
        <Show when={props.onDismiss} fallback={<Button onClick={() => void reopen()}>{words.openAgain}</Button>}>
          {(dismiss) => <Button onClick={() => dismiss()()}>{common.dismiss}</Button>}
        </Show>
      </Show>
    </li>
  )
}
