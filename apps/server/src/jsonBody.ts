import { HTTPException } from 'hono/http-exception'
import type { z } from 'zod'
import type { AppContext } from './appTypes.ts'

/**
 * Reads and validates the JSON body of a request. Other content types are refused, as pages of other origins can't send
 * JSON without a preflight.
 *
 * @throws {HTTPException} 415 or 400
 * @throws {ZodError}
 */
export async function jsonBody<Schema extends z.ZodType>(c: AppContext, schema: Schema): Promise<z.output<Schema>> {
  return schema.parse(await readJson(c))
}

/** @throws {HTTPException} 415 or 400 */
export async function readJson(c: AppContext): Promise<unknown> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    throw new HTTPException(415, { message: 'Send JSON, with content-type: application/json.' })
  }
  try {
    return await c.req.json()
  } catch {
    throw new HTTPException(400, { message: 'The body is not JSON.' })
  }
}
