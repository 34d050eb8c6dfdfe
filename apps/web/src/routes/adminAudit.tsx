import { keepPreviousData, useInfiniteQuery } from '@tanstack/solid-query'
import { useNavigate, useSearch } from '@tanstack/solid-router'
import Download from 'lucide-solid/icons/download'
import { createMemo, For, Show } from 'solid-js'
import { auditLabel, auditLabels, isAuditAction } from '../features/admin/auditLabels.ts'
import type { AuditSearch } from '../features/admin/auditSearch.ts'
import * as words from '../features/admin/words.ts'
import { Permitted } from '../features/session/permitted.tsx'
import { type AuditEvent, trpc } from '../lib/api.ts'
import { daysToTimes } from '../lib/day.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { language } from '../lib/words.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { DayField } from '../ui/dayField.tsx'
import { Notice } from '../ui/notice.tsx'
import { PagedList } from '../ui/pagedList.tsx'
import { Badge } from '../ui/panel.tsx'
import { SearchBox } from '../ui/searchBox.tsx'
import * as common from '../ui/words.ts'

const outcomes = [
  ['', words.outcome],
  ['success', common.done],
  ['failure', words.refused],
] as const

const actions = [
  ['', words.anything],
  ...Object.entries(auditLabels).sort(([, one], [, other]) => one.localeCompare(other)),
] as [string, string][]

const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' })

export default function AdminAudit() {
  return (
    <Permitted needs="audit:read" procedure="audit.list">
      <AuditLog />
    </Permitted>
  )
}

function AuditLog() {
  usePageTitle(() => words.auditLog)
  const search = useSearch({ from: '/signed-in/administration/admin/audit' })
  const navigate = useNavigate({ from: pagePaths.adminAudit })
  const filters = () => toFilters(search())
  const change = (changes: AuditSearch) => navigate({ search: (old) => ({ ...old, ...changes }), replace: true })
  const events = useInfiniteQuery(() => ({
    ...trpc.audit.list.infiniteQueryOptions(
      { limit: 50, ...filters() },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    placeholderData: keepPreviousData,
  }))
  const items = createMemo(() => events.data?.pages.flatMap((page) => page.items) ?? [])
  const isFiltered = () => Object.keys(filters()).length > 0

  return (
    <>
      <h1 class="sr-only">{words.auditLog}</h1>
      <search class="flex flex-wrap items-end gap-3">
        <SearchBox
          label={words.searchByNameAddressOr}
          value={search().q ?? ''}
          onChange={(q) => change({ q: q || undefined })}
        />
        <Choice
          compact
          label={words.action}
          value={search().action ?? ''}
          onChange={(action) => change({ action: isAuditAction(action) ? action : undefined })}
          options={actions}
        />
        <Choice
          compact
          label={words.outcome}
          value={search().outcome ?? ''}
          onChange={(outcome) => change({ outcome: outcome || undefined })}
          options={outcomes}
        />
        <DayField label={common.from} value={search().from} onChange={(from) => change({ from })} />
        <DayField label={words.upTo} value={search().to} onChange={(to) => change({ to })} />
        <a
          class={buttonClass('plain', 'min-h-11')}
          href={`/api/audit.csv?${new URLSearchParams(filters())}`}
          download=""
        >
          <Download class="size-4" aria-hidden="true" />
          {words.exportAsCsv}
        </a>
      </search>

      <PagedList
        query={events}
        count={items().length}
        what={words.theLog}
        empty={
          <Notice
            title={words.nothingInTheLog}
            actions={
              <Show when={isFiltered()}>
                <Button onClick={() => navigate({ search: {} })}>{common.showEverything}</Button>
              </Show>
            }
          >
            <p>{isFiltered() ? words.noEventsMatch : words.whatPeopleDoAppearsHere}</p>
          </Notice>
        }
      >
        <ol class="divide-y divide-line rounded-3xl border border-line bg-card px-5 shadow-card">
          <For each={items()}>{(event) => <Event event={event} />}</For>
        </ol>
      </PagedList>
    </>
  )
}

function Event(props: { event: AuditEvent }) {
  const who = () =>
    props.event.actorName ?? (props.event.actorKind === 'operator' ? words.operator : words.somebodyNotSignedIn)
  const subject = () => {
    const { subjectName, subjectId, actorId } = props.event
    return subjectId && subjectId !== actorId ? (subjectName ?? subjectId) : undefined
  }
  const details = () =>
    Object.entries(props.event.details as Record<string, unknown>) // an object, as every event's
      .filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))
      .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`)
      .join(' · ')
  return (
    <li class="grid gap-x-6 gap-y-1 py-3.5 text-sm sm:grid-cols-[13rem_1fr_auto]">
      <time class="text-soft tabular-nums" dateTime={props.event.at}>
        {moment.format(new Date(props.event.at))}
      </time>
      <div class="min-w-0">
        <p>
          <span class="font-medium">{auditLabel(props.event.action)}</span>
          <Show when={subject()}>
            {(name) => (
              <>
                : <bdi>{name()}</bdi>
              </>
            )}
          </Show>
          <Show when={props.event.outcome === 'failure'}>
            {' '}
            <Badge look="danger">{words.wasRefused}</Badge>
          </Show>
        </p>
        <p class="text-soft">
          <bdi>{who()}</bdi>
          <Show when={props.event.actorKind === 'apiKey'}>{words.byAnApiKey}</Show>
          <Show when={details()}>{(text) => <> · {text()}</>}</Show>
        </p>
      </div>
      <p class="text-soft sm:text-right">
        {props.event.ipAddress}
        <Show when={props.event.requestId}>
          {(id) => (
            <span class="block font-mono text-xs" title={id()}>
              {id().slice(0, 8)}
            </span>
          )}
        </Show>
      </p>
    </li>
  )
}

/** Turns the URL's filters into the procedure's. */
function toFilters({ q, action, outcome, from, to }: AuditSearch) {
  return {
    ...(q && { search: q }),
    ...(isAuditAction(action) && { action }),
    ...(outcome && { outcome }),
    ...daysToTimes({ from, to }),
  }
}
