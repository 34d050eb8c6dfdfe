import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, preparedQueries } from '@worldloom/db'
import DataLoader from 'dataloader'
import type { Compilable } from 'kysely'

/** With `id0`, `id1`, … */
type ByIds = { userId: string } & Record<`id${number}`, string>

/**
 * Statements for 1, 2, 4, … ids, each compiled at its first use, with a parameter per id. With `any($1)` reads took
 * about twice as long (bench/README.md): PostgreSQL does not know the array's length and seems to plan the statement
 * anew each time.
 *
 * @param select the rows with these ids that the user may see
 */
export function prepareByIds<Row extends object>(
  select: (db: Database, userId: string, ids: string[]) => Compilable<Row>,
): (db: Database, userId: string, ids: readonly string[]) => Promise<Row[]> {
  const queries = preparedQueries<ByIds, Row>()
  return (db, userId, ids) => {
    const size = 2 ** Math.ceil(Math.log2(ids.length))
    const parameters: ByIds = { userId }
    // Repeats the first id to fill up.
    for (let index = 0; index < size; index++) parameters[`id${index}`] = ids[index] ?? ids[0] ?? ''
    return queries(db, size, parameters, (kysely, given) =>
      select(
        kysely,
        given.userId,
        Array.from({ length: size }, (_, index) => given[`id${index}`] ?? ''),
      ),
    )
  }
}

/** Whether a request may hold several calls, whose reads should be batched. */
export type CallsPerRequest = 'one' | 'several'

/** Collects what a request reads, so that a batch takes one statement. */
export class BatchReader<Wanted, Row> {
  readonly #read: (principal: KnownPrincipal, wanted: readonly Wanted[]) => Promise<(Row | Error)[]>
  readonly #calls: CallsPerRequest
  #loader: DataLoader<Wanted, Row> | undefined

  /** @param read returns one result per item, in order; an error for what the caller may not see */
  constructor(
    read: (principal: KnownPrincipal, wanted: readonly Wanted[]) => Promise<(Row | Error)[]>,
    calls: CallsPerRequest,
  ) {
    this.#read = read
    this.#calls = calls
  }

  /**
   * @param principal the caller, the same for the whole request
   * @throws {NotFoundError}
   */
  async load(principal: KnownPrincipal, wanted: Wanted): Promise<Row> {
    if (this.#calls === 'one') {
      const [row] = await this.#read(principal, [wanted])
      if (row instanceof Error) throw row
      return row as Row // one result per item
    }
    this.#loader ??= new DataLoader<Wanted, Row>((all) => this.#read(principal, all), { cache: false })
    return await this.#loader.load(wanted)
  }
}
