import { keepPreviousData, QueriesObserver, useQuery } from '@tanstack/solid-query'
import type { TableQuery, TableRowsInput } from '@worldloom/schema'
import { type Accessor, batch, createComputed, createMemo, createSignal, on, onCleanup } from 'solid-js'
import { createStore, produce, reconcile, unwrap } from 'solid-js/store'
import { queryClient, type RouterOutputs } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { type EntitySummary, entityApi, type Kind, refreshWorlds } from '../../lib/kinds.ts'

/** A row of any kind. */
export type Row = EntitySummary & Pick<RouterOutputs['thing']['table']['items'][number], 'lists' | 'names'>

/** How many rows are read at once. */
const blockSize = 100
/** For how many milliseconds further scrolling is awaited before what it came to is read. */
const settling = 80

/**
 * The rows of a table that may have more than can be loaded: those that are looked at are read, in blocks.
 *
 * @param query everything but where it is looked at
 */
export function createRows(kind: Kind, query: Accessor<TableQuery & Pick<TableRowsInput, 'sort' | 'order'>>) {
  const api = entityApi(kind.kind)
  const tallyQuery = (): TableQuery => {
    const { sort: _, order: __, ...rest } = query()
    return rest
  }
  const tally = useQuery(() => ({ ...api.tally.queryOptions(tallyQuery()), placeholderData: keepPreviousData }))
  const [wanted, setWanted] = createSignal<readonly number[]>([0], {
    equals: (before, after) => before.join() === after.join(),
  })
  const [blocks, setBlocks] = createStore<Record<number, Row[]>>({})
  const [isFetching, setFetching] = createSignal(false)
  const [error, setError] = createSignal<unknown>()

  const optionsOf = (block: number) =>
    api.table.queryOptions({ ...query(), offset: block * blockSize, limit: blockSize })
  const options = createMemo(() => wanted().map(optionsOf))
  // No query of its own for each block: those come and go, and reading their data would suspend the page.
  const observer = new QueriesObserver(queryClient, options() as never[]) // of one type each, which it can't tell
  const take = (results: readonly { data?: unknown; isFetching: boolean; error: unknown }[]) => {
    for (const [index, { data }] of results.entries()) {
      const block = wanted()[index]
      const rows = (data as { items: Row[] } | undefined)?.items // as `table` answers
      if (rows && block !== undefined) setBlocks(block, reconcile(rows, { key: 'id' }))
    }
    setFetching(results.some((result) => result.isFetching))
    setError(results.find((result) => result.error)?.error)
  }
  onCleanup(observer.subscribe((results) => take(results)))
  createComputed(
    on(
      options,
      (next) => {
        observer.setQueries(next as never[]) // as above
        take(observer.getCurrentResult())
      },
      { defer: true },
    ),
  )
  take(observer.getCurrentResult())
  // Of another order, or of other conditions, only what is looked at is replaced.
  createComputed(
    on(
      () => JSON.stringify(query()),
      () =>
        setBlocks(
          produce((all) => {
            for (const block of Object.keys(all).map(Number)) if (!wanted().includes(block)) delete all[block]
          }),
        ),
      { defer: true },
    ),
  )

  /** Rows that are being deleted, which are not shown any more. */
  const [leaving, setLeaving] = createSignal<ReadonlySet<string>>(new Set())
  /** Where they are, as long as they are loaded. */
  const gaps = createMemo((): readonly number[] => {
    if (leaving().size === 0) return []
    const places = Object.keys(blocks).flatMap((block) =>
      (blocks[Number(block)] ?? []).flatMap(({ id }, index) =>
        leaving().has(id) ? [Number(block) * blockSize + index] : [],
      ),
    )
    return places.sort((one, other) => one - other)
  })
  /** The place of a row among all, by its place among those that are shown. */
  const placeOf = (shown: number) => {
    let place = shown
    for (const gap of gaps()) {
      if (gap > place) break
      place++
    }
    return place
  }
  const groups = createMemo(() => {
    let end = 0
    return (dataOf(tally)?.groups ?? []).map((group) => {
      const from = end
      end += group.count
      const leavingHere = gaps().filter((gap) => gap >= from && gap < end).length
      return leavingHere === 0 ? group : { ...group, count: group.count - leavingHere }
    })
  })

  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  return {
    total: () => Math.max(0, (dataOf(tally)?.total ?? 0) - gaps().length),
    groups,
    isPending: () => tally.isPending,
    isFetching: () => isFetching() || tally.isFetching,
    error: () => (tally.isError ? tally.error : error()),
    retry: () => {
      void tally.refetch()
      void queryClient.refetchQueries(api.table.pathFilter())
    },
    /** A row, if it is loaded. */
    at: (index: number): Row | undefined => {
      const place = placeOf(index)
      return blocks[Math.floor(place / blockSize)]?.[place % blockSize]
    },
    /** Reads the rows that are looked at. */
    look: (from: number, to: number) => {
      const first = Math.max(0, Math.floor(placeOf(from) / blockSize))
      const last = Math.max(first, Math.floor(placeOf(Math.max(0, to - 1)) / blockSize))
      const next = Array.from({ length: Math.min(last - first + 1, 10) }, (_, offset) => first + offset)
      clearTimeout(timer)
      // What is near is read at once.
      if (next.some((block) => wanted().includes(block))) setWanted(next)
      else timer = setTimeout(() => setWanted(next), settling)
    },
    /** The first rows, up to a number: also those that nobody has looked at. */
    readAll: async (most: number): Promise<Row[]> => {
      const rows: Row[] = []
      for (let offset = 0; offset < most; offset += 200) {
        const input = { ...query(), offset, limit: Math.min(200, most - offset) }
        const { items } = await queryClient.fetchQuery(api.table.queryOptions(input))
        rows.push(...(items as unknown as Row[])) // of this kind
        if (items.length < input.limit) break
      }
      return rows
    },
    /** Shows the list without these rows while they are deleted. They are back if that fails. */
    without: async <Result>(ids: readonly string[], deleteThem: () => Promise<Result>): Promise<Result> => {
      setLeaving(new Set([...leaving(), ...ids]))
      try {
        const result = await deleteThem()
        await refreshWorlds()
        return result
      } finally {
        setLeaving(new Set([...leaving()].filter((id) => !ids.includes(id))))
      }
    },
    /** Shows rows as they will be while they are changed, or as they were if that fails. */
    changing: async <Result>(
      ids: readonly string[],
      change: (row: Row) => Partial<Row>,
      makeIt: () => Promise<Result>,
    ): Promise<Result> => {
      const changed = new Set(ids)
      const before = new Map<string, Partial<Row>>()
      const put = (partOf: (row: Row) => Partial<Row> | undefined) =>
        batch(() => {
          for (const block of Object.keys(blocks).map(Number)) {
            setBlocks(
              block,
              ({ id }) => changed.has(id),
              (row) => partOf(row) ?? {},
            )
          }
        })
      put((row) => {
        const next = change(row)
        const names = Object.keys(next) as (keyof Row)[] // of a part of a row
        before.set(row.id, Object.fromEntries(names.map((name) => [name, unwrap(row)[name]])))
        return next
      })
      try {
        return await makeIt()
      } catch (error) {
        put(({ id }) => before.get(id))
        throw error
      }
    },
  }
}

export type Rows = ReturnType<typeof createRows>
