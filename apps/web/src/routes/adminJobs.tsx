import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/solid-query'
import { useNavigate, useSearch } from '@tanstack/solid-router'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { jobLabel } from '../features/admin/jobs/jobLabels.ts'
import { isJobState, type JobsSearch } from '../features/admin/jobs/jobsSearch.ts'
import * as words from '../features/admin/jobs/words.ts'
import * as adminWords from '../features/admin/words.ts'
import { Permitted, useMay } from '../features/session/permitted.tsx'
import { type FailingWebhook, type Job, type JobCounts, queryClient, trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { failureOf } from '../lib/failure.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { timeAgo } from '../lib/time.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Notice } from '../ui/notice.tsx'
import { PagedList } from '../ui/pagedList.tsx'
import { Badge, Panel, Waiting } from '../ui/panel.tsx'
import { showToast } from '../ui/toast.ts'
import * as common from '../ui/words.ts'

/** Often enough to see that something is tried again. Milliseconds. */
const refetchInterval = 5000

export default function AdminJobs() {
  return (
    <Permitted needs="job:read" procedure="job.list">
      <Jobs />
    </Permitted>
  )
}

const stateLabels: Readonly<Record<Job['state'], string>> = {
  waiting: words.stateWaiting,
  retrying: words.stateRetrying,
  running: words.stateRunning,
  done: words.stateDone,
  failed: words.stateFailed,
  cancelled: words.stateCancelled,
}

function Jobs() {
  usePageTitle(() => words.backgroundJobs)
  const counts = useQuery(() => ({ ...trpc.job.counts.queryOptions(), refetchInterval }))
  return (
    <div class="grid gap-6">
      <h1 class="sr-only">{words.backgroundJobs}</h1>
      <Panel title={words.whatHappensInTheBackground} hint={words.whatServersDoBeside}>
        <Loaded query={counts} what={words.theJobs}>
          {(list) => (
            <ul class="divide-y divide-line">
              <For each={list().items}>{(job) => <Counted job={job} />}</For>
            </ul>
          )}
        </Loaded>
      </Panel>
      <FailingWebhooks />
      <JobList names={dataOf(counts)?.items.map(({ name }) => name) ?? []} />
    </div>
  )
}

function Counted(props: { job: JobCounts['items'][number] }) {
  const counted = () => {
    const { waiting, retrying, running, failed } = props.job
    return [
      running > 0 && ([words.jobsAreRunning(running), 'accent'] as const),
      waiting > 0 && ([words.jobsWait(waiting), 'plain'] as const),
      retrying > 0 && ([words.jobsAreTriedAgain(retrying), 'danger'] as const),
      failed > 0 && ([words.jobHasFailed(failed), 'danger'] as const),
    ].filter((each) => each !== false)
  }
  return (
    <li class="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-3.5 first:pt-0 last:pb-0">
      <div class="min-w-0 grow basis-72">
        <p class="flex flex-wrap items-center gap-2 font-medium">
          {jobLabel(props.job.name).label}
          <For each={counted()}>{([text, look]) => <Badge look={look}>{text}</Badge>}</For>
        </p>
        <p class="mt-0.5 text-sm text-soft">{jobLabel(props.job.name).about}</p>
      </div>
      <p class="text-sm text-soft">
        <Show when={props.job.lastDoneAt} fallback={words.notYetDone}>
          {(at) => <time dateTime={at()}>{words.lastDone(timeAgo(at()))}</time>}
        </Show>
      </p>
    </li>
  )
}

function JobList(props: { names: readonly string[] }) {
  const search = useSearch({ from: '/signed-in/administration/admin/jobs' })
  const navigate = useNavigate({ from: pagePaths.adminJobs })
  const change = (changes: JobsSearch) => navigate({ search: (old) => ({ ...old, ...changes }), replace: true })
  const isFiltered = () => search().state !== undefined || search().name !== undefined
  const jobs = useInfiniteQuery(() => ({
    ...trpc.job.list.infiniteQueryOptions(
      {
        limit: 25,
        ...(search().state && { state: search().state }),
        ...(search().name && { name: search().name }),
      },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    placeholderData: keepPreviousData,
    refetchInterval,
  }))
  const items = createMemo(() => dataOf(jobs)?.pages.flatMap((page) => page.items) ?? [])
  const states: readonly (readonly [Job['state'] | '', string])[] = [
    ['', words.everyState],
    ...(Object.entries(stateLabels) as [Job['state'], string][]), // its own keys
  ]
  return (
    <Panel title={words.allJobs} hint={words.whatIsDoneAppearsHere}>
      <search class="flex flex-wrap items-end gap-3">
        <Choice
          compact
          label={words.theState}
          value={search().state ?? ''}
          onChange={(state) => change({ state: isJobState(state) ? state : undefined })}
          options={states}
        />
        <Choice
          compact
          label={words.theKindOfJob}
          value={search().name ?? ''}
          onChange={(name) => change({ name: name || undefined })}
          options={[['', words.allJobs], ...props.names.map((name) => [name, jobLabel(name).label] as const)]}
        />
      </search>
      <PagedList
        query={jobs}
        count={items().length}
        what={words.theJobs}
        empty={
          <Notice
            title={words.noJobs}
            actions={
              <Show when={isFiltered()}>
                <Button onClick={() => navigate({ search: {} })}>{common.showEverything}</Button>
              </Show>
            }
          >
            <p>{isFiltered() ? words.noJobsMatch : words.whatIsDoneAppearsHere}</p>
          </Notice>
        }
      >
        <ol class="divide-y divide-line">
          {/* By id, so that a button keeps the focus when the list is fetched again. */}
          <For each={items().map(({ id }) => id)}>
            {(id) => <Show when={items().find((job) => job.id === id)}>{(job) => <Line job={job()} />}</Show>}
          </For>
        </ol>
      </PagedList>
    </Panel>
  )
}

const settled = {
  onError: (error: unknown) => showToast(failureOf(error).message),
  onSettled: () => queryClient.invalidateQueries(trpc.job.pathFilter()),
}

function Line(props: { job: Job }) {
  const may = useMay()
  const [isGivingUp, setGivingUp] = createSignal(false)
  const retry = useMutation(() => trpc.job.retry.mutationOptions(settled))
  const discard = useMutation(() => trpc.job.discard.mutationOptions(settled))
  const about = () => ({ name: props.job.name, id: props.job.id })
  const label = () => jobLabel(props.job.name).label
  const look = () => {
    const { state } = props.job
    return state === 'failed' || state === 'retrying' ? 'danger' : state === 'done' ? 'good' : 'plain'
  }
  const isOpen = () => ['waiting', 'retrying', 'failed'].includes(props.job.state)
  const times = () => {
    const { createdAt, finishedAt, dueAt, state, attempts, mostAttempts } = props.job
    return [
      words.createdWhen(timeAgo(createdAt)),
      attempts > 1 || state === 'failed' || state === 'retrying' ? words.attemptOf(attempts, mostAttempts) : '',
      state === 'done' && finishedAt ? words.doneWhen(timeAgo(finishedAt)) : '',
      state === 'retrying' ? words.nextAttempt(timeAgo(dueAt)) : '',
      state === 'waiting' && Date.parse(dueAt) > Date.now() ? words.upcoming(timeAgo(dueAt)) : '',
    ].filter((text) => text !== '')
  }
  const result = () =>
    Object.entries(props.job.result ?? {})
      .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') || '0' : value}`)
      .join(' · ')
  return (
    <li class="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-4 first:pt-0 last:pb-0">
      <div class="min-w-0 grow basis-72">
        <p class="flex flex-wrap items-center gap-2 font-medium">
          {label()} <Badge look={look()}>{stateLabels[props.job.state]}</Badge>
        </p>
        <p class="mt-1 text-sm text-soft">{times().join(' · ')}</p>
        <Show when={props.job.failure}>{(text) => <p class="mt-1 text-sm break-words text-danger">{text()}</p>}</Show>
        <Show when={result()}>{(text) => <p class="mt-1 font-mono text-xs break-words text-soft">{text()}</p>}</Show>
      </div>
      <Show when={isOpen() && may('job:update')}>
        <div class="flex flex-wrap gap-2">
          <Button disabled={retry.isPending} onClick={() => retry.mutate(about())}>
            {words.tryNow}
            <span class="sr-only">: {label()}</span>
          </Button>
          <Button onClick={() => setGivingUp(true)}>
            {words.giveUp}
            <span class="sr-only">: {label()}</span>
          </Button>
        </div>
      </Show>
      <Show when={isGivingUp()}>
        <Confirm
          title={words.giveUpWhich(label())}
          action={words.giveUp}
          onConfirm={async () => {
            await discard.mutateAsync(about())
          }}
          onClose={() => setGivingUp(false)}
        >
          <p>{words.isNotTriedAgain}</p>
        </Confirm>
      </Show>
    </li>
  )
}

function FailingWebhooks() {
  const webhooks = useQuery(() => ({ ...trpc.job.failingWebhooks.queryOptions(), refetchInterval }))
  return (
    <Panel title={adminWords.webhooksThatFail} hint={words.webhooksThatCannotBe}>
      <Loaded query={webhooks} what={words.theWebhooks} waiting={<Waiting lines={1} />}>
        {(list) => (
          <ul class="divide-y divide-line">
            <For
              each={list().items.map(({ id }) => id)}
              fallback={<li class="text-sm text-soft">{words.nothingFails}</li>}
            >
              {(id) => (
                <Show when={list().items.find((webhook) => webhook.id === id)}>
                  {(webhook) => <WebhookLine webhook={webhook()} />}
                </Show>
              )}
            </For>
          </ul>
        )}
      </Loaded>
    </Panel>
  )
}

function WebhookLine(props: { webhook: FailingWebhook }) {
  const may = useMay()
  const retry = useMutation(() => trpc.job.retryWebhook.mutationOptions(settled))
  return (
    <li class="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-3.5 first:pt-0 last:pb-0">
      <div class="min-w-0 grow basis-72">
        <p class="font-medium break-all">{props.webhook.host}</p>
        <p class="mt-0.5 text-sm text-soft">
          <bdi>{words.ofWhom(props.webhook.owner)}</bdi> ·{' '}
          {words.failingSince(props.webhook.failures, timeAgo(props.webhook.failingSince))} ·{' '}
          {words.nextAttempt(timeAgo(props.webhook.nextAttemptAt))}
        </p>
      </div>
      <Show when={may('job:update')}>
        <Button disabled={retry.isPending} onClick={() => retry.mutate({ id: props.webhook.id })}>
          {words.tryNow}
          <span class="sr-only">: {props.webhook.host}</span>
        </Button>
      </Show>
    </li>
  )
}
