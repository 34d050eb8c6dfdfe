import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, preparedQueries } from '@worldloom/db'
import DataLoader from 'dataloader'
import type { Compilable } from 'kysely'

/** With `id0`, `id1`, … */
type ByIds = { userId: string } & Record<`id${number}`, string>

/**
 * Statements for 1, 2, 4, … ids, compiled at their first use, which name each of them: with `any($1)`, of which PostgreSQL
 * does not know how many they are, reads took about twice as long (bench/README.md); it seems to plan such a statement anew
 * each time.
 *
 * @param select those of the ids that somebody may see
 */
export function prepareByIds<Row extends object>(
  select: (db: Database, userId: string, ids: string[]) => Compilable<Row>,
): (db: Database, userId: string, ids: readonly string[]) => Promise<Row[]> {
  const queries = preparedQueries<ByIds, Row>()
  return (db, userId, ids) => {
    const size = 2 ** Math.ceil(Math.log2(ids.length))
    const parameters: ByIds = { userId }
    // The first again where there are fewer.
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

/** Whether a request may hold several calls, whose reads are to be gathered. */
export type CallsPerRequest = 'one' | 'several'

/** Gathers what one request reads, so that a batch takes one statement. */
export class BatchReader<Wanted, Row> {
  readonly #read: (principal: KnownPrincipal, wanted: readonly Wanted[]) => Promise<(Row | Error)[]>
  readonly #calls: CallsPerRequest
  #loader: DataLoader<Wanted, Row> | undefined

  /** @param read answers all in their order; what the caller may not see is an error */
  constructor(
    read: (principal: KnownPrincipal, wanted: readonly Wanted[]) => Promise<(Row | Error)[]>,
    calls: CallsPerRequest,
  ) {
    this.#read = read
    this.#calls = calls
  }

  /**
   * @param principal the caller, who is the same for the whole request
   * @throws {NotFoundError}
   */
  async load(principal: KnownPrincipal, wanted: Wanted): Promise<Row> {
    if (this.#calls === 'one') {
      const [row] = await this.#read(principal, [wanted])
      if (row instanceof Error) throw row
      return row as Row // it answers all that it is asked for
    }
    this.#loader ??= new DataLoader<Wanted, Row>((all) => this.#read(principal, all), { cache: false })
    return await this.#loader.load(wanted)
  }
}
