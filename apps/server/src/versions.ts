import { HTTPException } from 'hono/http-exception'
import type { AppContext } from './appTypes.ts'

/** The ETag of a versioned response. */
export function etagOf(answer: unknown): string | undefined {
  const isVersioned = typeof answer === 'object' && answer !== null && 'version' in answer
  return isVersioned && typeof answer.version === 'number' ? `"${answer.version}"` : undefined
}

/**
 * The version that a change is based on, from `If-Match` or a field.
 *
 * @throws {HTTPException} 428 if there is none, 400 if there are two or it is not one of ours
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1
 */
export function versionOf(c: AppContext, field: unknown): unknown {
  const header = c.req.header('if-match')
  if (header === undefined) {
    if (field !== undefined) return field
    throw new HTTPException(428, {
      message: 'Say which version you change: send If-Match with the ETag it was read with, e.g. If-Match: "3".',
    })
  }
  if (field !== undefined) {
    throw new HTTPException(400, { message: 'Send the version once: either If-Match or the field.' })
  }
  const version = /^"([1-9]\d{0,8})"$/.exec(header.trim())?.[1]
  if (!version) throw new HTTPException(400, { message: 'If-Match must be one ETag of ours, e.g. If-Match: "3".' })
  return Number(version)
}
