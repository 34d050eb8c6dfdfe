import autocannon from 'autocannon'

export const rounds = Number(process.env.BENCH_ROUNDS || 5)
export const seconds = Number(process.env.BENCH_SECONDS || 4)
export const connections = 32

export interface Work {
  readonly name: string
  readonly port: number
  readonly paths: readonly string[]
  readonly headers: Record<string, string>
  /** Rows read per request. */
  readonly rows: number
}

interface Run {
  readonly rate: number
  readonly p99: number
  /** Relative to its base, which was measured just before. */
  readonly ratio: number
}

export interface Pair {
  readonly work: Work
  /** What it is compared with. */
  readonly base: Work
}

/** A server under load, and how it differs from the one that it is compared with. */
interface Compared {
  readonly port: number
  readonly how: string
}

/** Single reads and a page of a list by two servers on the same database. */
export function comparedReads(
  base: Compared,
  other: Compared,
  { session: headers, worldIds }: { readonly session: Record<string, string>; readonly worldIds: readonly string[] },
): Pair[] {
  const reads = {
    'world.byId': worldIds.map((id) => call('world.byId', { id })),
    'world.list, a page of 24 of 1,000': [call('world.list', { limit: 24 })],
  }
  return Object.entries(reads).map(([name, paths]) => {
    const by = ({ port, how }: Compared): Work => ({ name: `${name}, ${how}`, port, paths, headers, rows: 1 })
    return { base: by(base), work: by(other) }
  })
}

/** The path of a query. */
export function call(procedure: string, input: object): string {
  return `/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`
}

/** The path of several queries in one request. */
export function batch(calls: readonly { readonly procedure: string; readonly input: object }[]): string {
  const input = Object.fromEntries(calls.map((each, index) => [index, each.input]))
  const procedures = calls.map(({ procedure }) => procedure).join(',')
  return `/trpc/${procedures}?batch=1&input=${encodeURIComponent(JSON.stringify(input))}`
}

/**
 * Measures each work right after its base, over several rounds: such machines slow down the longer they are busy, which
 * must affect both equally.
 */
export async function measure(pairs: readonly Pair[]): Promise<Map<Work, Run[]>> {
  const results = new Map<Work, Run[]>()
  const keep = (work: Work, run: Run) => results.set(work, [...(results.get(work) ?? []), run])
  for (let round = 0; round <= rounds; round++) {
    for (const { work, base } of pairs) {
      const before = await load(base)
      const { rate, p99 } = await load(work)
      // The first round warms up.
      if (round === 0) continue
      keep(base, { ...before, ratio: 1 })
      keep(work, { rate, p99, ratio: rate / before.rate })
    }
  }
  return results
}

async function load(work: Work): Promise<{ rate: number; p99: number }> {
  const result = await autocannon({
    url: `http://127.0.0.1:${work.port}`,
    connections,
    duration: seconds,
    requests: work.paths.map((path) => ({ path, headers: work.headers })),
  })
  if (result.non2xx + result.errors > 0) {
    throw new Error(`${work.name}: ${result.non2xx} refused, ${result.errors} errors`)
  }
  return { rate: result.requests.average, p99: result.latency.p99 }
}

/** Prints the medians as a table. */
export function report(results: ReadonlyMap<Work, readonly Run[]>): void {
  console.log(`\n${rounds} rounds of ${seconds} s each, ${connections} connections; medians\n`)
  console.log('| work | requests/s | ratio | rows/s | p99 ms |\n| --- | ---: | ---: | ---: | ---: |')
  for (const [{ name, rows }, runs] of results) {
    const rate = median(runs.map((run) => run.rate))
    const ratio = median(runs.map((run) => run.ratio)).toFixed(2)
    const p99 = String(median(runs.map((run) => run.p99)))
    console.log(`| ${[name, thousands(rate), ratio, thousands(rate * rows), p99].join(' | ')} |`)
  }
}

export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString('en')
}
