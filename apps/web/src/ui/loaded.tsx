import { type Accessor, type JSX, Match, Switch } from 'solid-js'
import { dataOf } from '../lib/dataOf.ts'
import { failureOf } from '../lib/failure.ts'
import { Button } from './button.tsx'
import { Alert, DidNotArrive } from './notice.tsx'
import { Waiting } from './panel.tsx'
import * as words from './words.ts'

/** The part of a query that is needed here. */
interface LoadedQuery<Data> {
  readonly isPending: boolean
  readonly data: Data | undefined
  readonly isError: boolean
  readonly error: unknown
  refetch(): unknown
}

/**
 * What a query has loaded, or else that it is on its way, failed, or has nothing. What was loaded stays when it cannot be loaded
 * anew.
 */
export function Loaded<Data extends object>(props: {
  query: LoadedQuery<Data>
  /** What could not be loaded, as the beginning of a sentence that fills its place: “The movies”. */
  what?: string | undefined
  /** Where it is expected to be other than three lines. */
  waiting?: JSX.Element
  isEmpty?: (data: Data) => boolean
  empty?: JSX.Element
  /** Called with what was loaded. */
  children: (data: Accessor<Data>) => JSX.Element
}) {
  const data = () => dataOf(props.query)
  const isEmpty = () => {
    const loaded = data()
    return loaded !== undefined && props.isEmpty?.(loaded)
  }
  return (
    <Switch fallback={props.waiting ?? <Waiting />}>
      <Match when={isEmpty()}>{props.empty}</Match>
      <Match when={data()}>{props.children}</Match>
      <Match when={props.query.isError}>
        {props.what ? (
          <DidNotArrive what={props.what} error={props.query.error} onRetry={() => props.query.refetch()} />
        ) : (
          <Alert>
            <div class="flex flex-wrap items-center justify-between gap-3">
              {failureOf(props.query.error).message}
              <Button onClick={() => props.query.refetch()}>{words.tryAgain}</Button>
            </div>
          </Alert>
        )}
      </Match>
    </Switch>
  )
}
