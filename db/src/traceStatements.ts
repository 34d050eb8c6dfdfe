import { inSpan, isRecording } from '@worldloom/telemetry'
import type pg from 'pg'

/** The beginning of a statement, which says enough. Parameters are not in it, so neither is what people wrote. */
const longestText = 500

/** Makes what a connection runs steps of traces. */
export function traceStatements(client: pg.PoolClient): void {
  const query = client.query
  // pg has six overloads; only those that return a promise are traced.
  client.query = function (this: pg.PoolClient, ...args: unknown[]) {
    const text = textOf(args[0])
    const run = () => (query as (...given: unknown[]) => unknown).apply(this, args)
    if (text === undefined || typeof args.at(-1) === 'function' || !isRecording()) return run()
    return inStatementSpan(text, async () => await run())
  } as typeof client.query
}

/** Runs a statement as a step of a trace. @see https://opentelemetry.io/docs/specs/semconv/database/postgresql/ */
export async function inStatementSpan<Result>(text: string, run: () => Promise<Result>): Promise<Result> {
  const operation = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'statement'
  const attributes = {
    'db.system.name': 'postgresql',
    'db.operation.name': operation,
    'db.query.text': text.length > longestText ? `${text.slice(0, longestText)}…` : text,
  }
  return await inSpan(operation, { kind: 'client', attributes }, run)
}

function textOf(first: unknown): string | undefined {
  if (typeof first === 'string') return first
  // A query that handles its own results is traced by whoever made it.
  if (typeof first !== 'object' || first === null || 'submit' in first || !('text' in first)) return undefined
  return String(first.text)
}
