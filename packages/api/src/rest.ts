import type { z } from 'zod'

/** How a procedure is called as REST, below `/api/v1`; what it is called with comes from its input. */
export interface RestRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** With the fields of the input that stand in it: `/acts/{id}`. */
  readonly path: `/${string}`
  /** What it does, in a line of the documents. */
  readonly summary: string
  /** What it answers with, for the documents: a test holds real answers against it. */
  readonly answer: z.ZodType
  /** The path of what it made: answered with 201 and its Location. */
  readonly creates?: `/${string}`
  /** Whether it needs what not every installation has, so that it may be answered with 501. */
  readonly optional?: true
  /** Whether it takes an idempotency key. */
  readonly once?: true
}
