import { keepPreviousData, useQuery } from '@tanstack/solid-query'
import { useNavigate, useSearch } from '@tanstack/solid-router'
import { For, type JSX, lazy, Match, Show, Suspense, Switch } from 'solid-js'
import { auditLabel } from '../features/admin/auditLabels.ts'
import { type StatisticsDays, statisticsDays } from '../features/admin/statistics/days.ts'
import { Facts } from '../features/admin/statistics/Facts.tsx'
import { Permitted } from '../features/session/permitted.tsx'
import { type RouterOutputs, trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { timeAgo } from '../lib/time.ts'
import { pagePaths } from '../pagePaths.ts'
import { Choice } from '../ui/choice.tsx'
import { DidNotArrive } from '../ui/notice.tsx'
import { Panel, Waiting } from '../ui/panel.tsx'

const Plot = lazy(() => import('../features/pictures/Plot.tsx'))

type Outputs = RouterOutputs['statistics']

/** What happens in the whole installation: people, sign-ins, keys, the chat, storage, the database and its jobs. */
export default function AdminStatistics() {
  return (
    <Permitted needs="audit:read">
      <Statistics />
    </Permitted>
  )
}

function Statistics() {
  usePageTitle(() => 'Statistics')
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
      <h1 class="sr-only">Statistics</h1>
      <div class="mb-6 max-w-xs">
        <Choice
          label="Over"
          value={String(days())}
          onChange={(value) => navigate({ search: { days: Number(value) as StatisticsDays }, replace: true })}
          options={statisticsDays.map((count) => [String(count), count === 365 ? 'A year' : `${count} days`] as const)}
        />
      </div>
      <div class="grid items-start gap-6 lg:grid-cols-2">
        <Section what="The figures of people" query={people}>
          {(found) => <People found={found()} />}
        </Section>
        <Section what="The figures of keys and the chat" query={use}>
          {(found) => <Use found={found()} />}
        </Section>
        <Section what="The figures of storage and the database" query={health}>
          {(found) => <Health found={found()} />}
        </Section>
      </div>
    </>
  )
}

function Section<Data>(props: {
  what: string
  query: Parameters<typeof dataOf<Data>>[0] & { isError: boolean; error: unknown; refetch: () => unknown }
  children: (found: () => Data) => JSX.Element
}) {
  return (
    <Switch fallback={<Waiting lines={6} />}>
      <Match when={dataOf(props.query)}>
        {(found) => <Suspense fallback={<Waiting lines={6} />}>{props.children(found)}</Suspense>}
      </Match>
      <Match when={props.query.isError}>
        <DidNotArrive what={props.what} error={props.query.error} onRetry={() => props.query.refetch()} />
      </Match>
    </Switch>
  )
}

function People(props: { found: Outputs['people'] }) {
  return (
    <>
      <Panel title="People who were here" hint="By when a browser or a program of theirs was last seen.">
        <Facts
          items={[
            ['In the last day', props.found.active.day.toLocaleString('en')],
            ['In the last week', props.found.active.week.toLocaleString('en')],
            ['In the last 30 days', props.found.active.month.toLocaleString('en')],
          ]}
        />
      </Panel>
      <Plot title="Accounts" as="line" series={props.found.people} />
      <Plot title="Sign-ins" hint="By what people signed in with." series={props.found.signIns} nameOf={providerName} />
      <Plot
        title="Refused"
        hint="Wrong passwords, and whatever else failed."
        series={props.found.failures}
        nameOf={auditLabel}
      />
    </>
  )
}

function Use(props: { found: Outputs['use'] }) {
  return (
    <>
      <Plot title="Requests with API keys" series={props.found.apiKeys} />
      <Show when={props.found.topKeys.length > 0}>
        <Panel title="Keys that were used most">
          <SmallTable
            head={['Key', 'Of', 'Requests']}
            rows={props.found.topKeys.map(({ name, owner, count }) => [name, owner, count.toLocaleString('en')])}
          />
        </Panel>
      </Show>
      <Plot title="Questions to the model" series={props.found.chatRequests} />
      <Plot title="Tokens of the model" series={props.found.chatTokens} />
      <Show
        when={props.found.chatCost}
        fallback={
          <Panel title="Cost of the model">
            <p class="text-sm text-soft">
              Set CHAT_INPUT_PRICE and CHAT_OUTPUT_PRICE, in US dollars for a million tokens, to see what it costs.
            </p>
          </Panel>
        }
      >
        {(cost) => <Plot title="Cost of the model" series={cost()} format={dollars} />}
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
      <Plot title="Storage of images" as="line" series={storage().images} format={bytes} />
      <Panel title="Storage of the database">
        <Facts
          items={[
            ['All of it', bytes(storage().databaseBytes)],
            ['Images, as files', bytes(storage().imageBytes)],
            ['Number of images', storage().imageCount.toLocaleString('en')],
          ]}
        />
        <div class="mt-6">
          <SmallTable
            head={['Table', 'Rows, about', 'Size']}
            rows={storage().tables.map(({ name, rows, bytes: size }) => [
              name,
              Math.round(rows).toLocaleString('en'),
              bytes(size),
            ])}
          />
        </div>
      </Panel>
      <Panel title="The database">
        <Facts
          items={[
            ['PostgreSQL', database().version.split(' ', 1)[0]],
            ['Started', timeAgo(database().startedAt)],
            ['Connections', `${database().connections} of ${database().maxConnections}`],
            ['Found in memory', `${(database().cacheHits * 100).toFixed(1)} %`],
            ['Longest transaction', `${database().longestTransaction.toFixed(1)} s`],
            ['Deadlocks', database().deadlocks.toLocaleString('en')],
          ]}
        />
      </Panel>
      <Panel title="Work in the background">
        <Facts
          items={[
            ['Webhooks that fail', jobs().failingWebhooks.toLocaleString('en')],
            ['Answers being written', jobs().runningAnswers.toLocaleString('en')],
            ['Links to sum up', jobs().waitingDegrees.toLocaleString('en')],
            ['Texts to index anew', jobs().waitingDocuments.toLocaleString('en')],
            ['Change log made until', jobs().changesUntil ?? 'not at all'],
          ]}
        />
      </Panel>
      <Plot title="Deliveries of webhooks" hint="They are kept for 30 days." series={jobs().deliveries} />
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
  password: 'Password',
  google: 'Google',
  github: 'GitHub',
  entra: 'Microsoft',
  facebook: 'Facebook',
  local: 'Demo account',
}

function providerName(provider: string): string {
  return names[provider] ?? provider
}

function dollars(value: number): string {
  return value.toLocaleString('en', { style: 'currency', currency: 'USD' })
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

function bytes(value: number): string {
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3))
  const shown = value / 1000 ** power
  return `${shown.toLocaleString('en', { maximumFractionDigits: shown < 10 ? 1 : 0 })} ${units[power]}`
}
