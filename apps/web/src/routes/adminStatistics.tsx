import { keepPreviousData, useQuery } from '@tanstack/solid-query'
import { useNavigate, useSearch } from '@tanstack/solid-router'
import { For, type JSX, lazy, Show, Suspense } from 'solid-js'
import { auditLabel } from '../features/admin/auditLabels.ts'
import { type StatisticsDays, statisticsDays } from '../features/admin/statistics/days.ts'
import { Facts } from '../features/admin/statistics/Facts.tsx'
import * as words from '../features/admin/words.ts'
import { Permitted } from '../features/session/permitted.tsx'
import { type RouterOutputs, trpc } from '../lib/api.ts'
import { formatDollars } from '../lib/number.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { timeAgo } from '../lib/time.ts'
import { language } from '../lib/words.ts'
import { pagePaths } from '../pagePaths.ts'
import { Choice } from '../ui/choice.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Panel, Waiting } from '../ui/panel.tsx'
import * as common from '../ui/words.ts'

const Plot = lazy(() => import('../features/pictures/Plot.tsx'))

type Outputs = RouterOutputs['statistics']

/** What happens in the whole installation: people, sign-ins, keys, the chat, storage, the database and its jobs. */
export default function AdminStatistics() {
  return (
    <Permitted needs="audit:read" procedure="statistics.people">
      <Statistics />
    </Permitted>
  )
}

function Statistics() {
  usePageTitle(() => words.statistics)
  const search = useSearch({ from: '/signed-in/administration/admin/statistics' })
  const navigate = useNavigate({ from: pagePaths.adminStatistics })
  const days = (): StatisticsDays => search().days ?? 30
  const input = () => ({ days: days() })
  const people = useQuery(() => ({
    ...trpc.statistics.people.queryOptions(input()),
    placeholderData: keepPreviousData,
  }))
  const use = useQuery(() => ({ ...trpc.statistics.use.queryOptions(input()), placeholderData: keepPreviousData }))
  const health = useQuery(() => ({
    ...trpc.statistics.health.queryOptions(input()),
    placeholderData: keepPreviousData,
  }))
  return (
    <>
      <h1 class="sr-only">{words.statistics}</h1>
      <div class="mb-6 max-w-xs">
        <Choice
          label={words.over}
          value={String(days())}
          onChange={(value) => navigate({ search: { days: Number(value) as StatisticsDays }, replace: true })}
          options={statisticsDays.map(
            (count) => [String(count), count === 365 ? words.aYear : words.countDays(count)] as const,
          )}
        />
      </div>
      <div class="grid items-start gap-6 lg:grid-cols-2">
        <Section what={words.theFiguresOfPeople} query={people}>
          {(found) => <People found={found()} />}
        </Section>
        <Section what={words.theFiguresOfKeysAnd} query={use}>
          {(found) => <Use found={found()} />}
        </Section>
        <Section what={words.theFiguresOfStorageAnd} query={health}>
          {(found) => <Health found={found()} />}
        </Section>
      </div>
    </>
  )
}

function Section<Data extends object>(
  props: Pick<Parameters<typeof Loaded<Data>>[0], 'what' | 'query'> & { children: (found: () => Data) => JSX.Element },
) {
  return (
    <Loaded query={props.query} what={props.what} waiting={<Waiting lines={6} />}>
      {(found) => <Suspense fallback={<Waiting lines={6} />}>{props.children(found)}</Suspense>}
    </Loaded>
  )
}

function People(props: { found: Outputs['people'] }) {
  return (
    <>
      <Panel title={words.peopleWhoWereHere} hint={words.byWhenABrowserOr}>
        <Facts
          items={[
            [words.inTheLastDay, props.found.active.day.toLocaleString(language)],
            [words.inTheLastWeek, props.found.active.week.toLocaleString(language)],
            [words.inTheLast30Days, props.found.active.month.toLocaleString(language)],
          ]}
        />
      </Panel>
      <Plot title={words.accounts} as="line" series={props.found.people} nameOf={seriesName} />
      <Plot
        title={words.signIns}
        hint={words.byWhatPeopleSignedIn}
        series={props.found.signIns}
        nameOf={providerName}
      />
      <Plot
        title={words.refused}
        hint={words.wrongPasswordsAndWhateverElse}
        series={props.found.failures}
        nameOf={auditLabel}
      />
    </>
  )
}

function Use(props: { found: Outputs['use'] }) {
  return (
    <>
      <Plot title={words.requestsWithApiKeys} series={props.found.apiKeys} nameOf={seriesName} />
      <Show when={props.found.topKeys.length > 0}>
        <Panel title={words.keysThatWereUsedMost}>
          <SmallTable
            head={[words.key, words.ofWhose, words.requests]}
            rows={props.found.topKeys.map(({ name, owner, count }) => [name, owner, count.toLocaleString(language)])}
          />
        </Panel>
      </Show>
      <Plot title={words.questionsToTheModel} series={props.found.chatRequests} nameOf={seriesName} />
      <Plot title={words.tokensOfTheModel} series={props.found.chatTokens} nameOf={seriesName} />
      <Show
        when={props.found.chatCost}
        fallback={
          <Panel title={words.costOfTheModel}>
            <p class="text-sm text-soft">{words.pricesHint}</p>
          </Panel>
        }
      >
        {(cost) => <Plot title={words.costOfTheModel} series={cost()} nameOf={seriesName} format={dollars} />}
      </Show>
      <Show when={props.found.chatByPerson.length > 0}>
        <Panel title={words.whoUsedTheChat}>
          <SmallTable
            head={[words.ofWhose, words.questions, words.tokens, words.cost]}
            rows={props.found.chatByPerson.map(({ name, questions, tokens, dollars: spent }) => [
              name,
              questions.toLocaleString(language),
              tokens.toLocaleString(language),
              formatDollars(spent),
            ])}
          />
        </Panel>
      </Show>
    </>
  )
}

function Health(props: { found: Outputs['health'] }) {
  const storage = () => props.found.storage
  const database = () => props.found.database
  const jobs = () => props.found.jobs
  return (
    <>
      <Plot title={words.storageOfImages} as="line" series={storage().images} nameOf={seriesName} format={bytes} />
      <Panel title={words.storageOfTheDatabase}>
        <Facts
          items={[
            [words.allOfIt, bytes(storage().databaseBytes)],
            [words.imagesAsFiles, bytes(storage().imageBytes)],
            [words.numberOfImages, storage().imageCount.toLocaleString(language)],
          ]}
        />
        <div class="mt-6">
          <SmallTable
            head={[common.table, words.rowsAbout, words.size]}
            rows={storage().tables.map(({ name, rows, bytes: size }) => [
              name,
              Math.round(rows).toLocaleString(language),
              bytes(size),
            ])}
          />
        </div>
      </Panel>
      <Panel title={words.theDatabase}>
        <Facts
          items={[
            ['PostgreSQL', database().version.split(' ', 1)[0]],
            [words.started, timeAgo(database().startedAt)],
            [common.connections, words.connectionsInUse(database().connections, database().maxConnections)],
            [words.foundInMemory, `${(database().cacheHits * 100).toFixed(1)} %`],
            [words.longestTransaction, `${database().longestTransaction.toFixed(1)} s`],
            [words.deadlocks, database().deadlocks.toLocaleString(language)],
          ]}
        />
      </Panel>
      <Panel title={words.workInTheBackground}>
        <Facts
          items={[
            [words.webhooksThatFail, jobs().failingWebhooks.toLocaleString(language)],
            [words.answersBeingWritten, jobs().runningAnswers.toLocaleString(language)],
            [words.linksToSumUp, jobs().waitingDegrees.toLocaleString(language)],
            [words.textsToIndexAnew, jobs().waitingDocuments.toLocaleString(language)],
            [words.changeLogMadeUntil, jobs().changesUntil ?? words.notAtAll],
          ]}
        />
      </Panel>
      <Plot
        title={words.deliveriesOfWebhooks}
        hint={words.theyAreKeptFor30}
        series={jobs().deliveries}
        nameOf={seriesName}
      />
    </>
  )
}

function SmallTable(props: { head: readonly string[]; rows: readonly (readonly string[])[] }) {
  return (
    <div class="overflow-x-auto">
      <table class="w-full text-left text-sm">
        <thead>
          <tr class="border-b border-line">
            <For each={props.head}>
              {(name, index) => (
                <th class={`py-2 pe-4 font-medium ${index() > 0 ? 'text-right last:pe-0' : ''}`} scope="col">
                  {name}
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody class="divide-y divide-line tabular-nums">
          <For each={props.rows}>
            {(row) => (
              <tr>
                <For each={row}>
                  {(cell, index) => <td class={`py-2 pe-4 ${index() > 0 ? 'text-right last:pe-0' : ''}`}>{cell}</td>}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  )
}

const names: Readonly<Record<string, string>> = {
  password: common.password,
  google: 'Google',
  github: 'GitHub',
  entra: 'Microsoft',
  facebook: 'Facebook',
  local: words.demoAccount,
}

/** The server names its series in English. */
const seriesNames: Readonly<Record<string, string>> = {
  People: words.people,
  Requests: words.requests,
  Bytes: words.bytes,
  Arrived: words.arrived,
  Failed: words.failed,
  Questions: words.questions,
  'Read by the model': words.tokensRead,
  'Written by the model': words.tokensWritten,
  'US dollars': words.dollars,
}

function seriesName(name: string): string {
  return seriesNames[name] ?? name
}

function providerName(provider: string): string {
  return names[provider] ?? provider
}

function dollars(value: number): string {
  return value.toLocaleString(language, { style: 'currency', currency: 'USD' })
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

function bytes(value: number): string {
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3))
  const shown = value / 1000 ** power
  return `${shown.toLocaleString(language, { maximumFractionDigits: shown < 10 ? 1 : 0 })} ${units[power]}`
}
