import { type JSX, Match, Show, Switch } from 'solid-js'
import { More } from './more.tsx'
import { DidNotArrive } from './notice.tsx'
import { Waiting } from './panel.tsx'

/** The part of an infinite query that a list needs. */
interface PagedQuery {
  readonly isPending: boolean
  readonly isFetching: boolean
  readonly isError: boolean
  readonly error: unknown
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  refetch(): unknown
  fetchNextPage(): unknown
}

/** A list loaded page by page, in each of its states: pending, failed, empty, loaded, and loading more. */
export function PagedList(props: {
  query: PagedQuery
  /** How many items are loaded. */
  count: number
  /** What failed to load, for the message: “The movies”. */
  what: string
  /** Shown while the first page loads. */
  waiting?: JSX.Element
  empty: JSX.Element
  /** Whether it is not continued by scrolling. */
  isWhole?: boolean
  children: JSX.Element
}) {
  return (
    <div class="mt-6" aria-busy={props.query.isFetching}>
      <Switch>
        <Match when={props.query.isPending}>{props.waiting ?? <Waiting lines={6} />}</Match>
        <Match when={props.query.isError && props.count === 0}>
          <DidNotArrive what={props.what} error={props.query.error} onRetry={() => props.query.refetch()} />
        </Match>
        <Match when={props.count === 0}>{props.empty}</Match>
        <Match when={true}>
          {props.children}
          <Show when={props.query.hasNextPage && !props.isWhole}>
            <More
              onVisible={() => !props.query.isFetchingNextPage && props.query.fetchNextPage()}
              loading={props.query.isFetchingNextPage}
            />
          </Show>
        </Match>
      </Switch>
    </div>
  )
}
