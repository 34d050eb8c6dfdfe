import type { z } from 'zod'

/** A procedure's REST route, below `/api/v1`. Its parameters come from the procedure's input. */
export interface RestRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** With input fields as parameters: `/acts/{id}`. */
  readonly path: `/${string}`
  /** A one-line summary for the API document. */
  readonly summary: string
  /** The output schema for the API document. A test checks real responses against it. */
  readonly answer: z.ZodType
  /** The path of what it creates, sent as Location with status 201. */
  readonly creates?: `/${string}`
  /** Whether it needs an optional setting, so that it may fail with 501. */
  readonly optional?: true
  /** Whether it accepts an idempotency key. */
  readonly once?: true
}
