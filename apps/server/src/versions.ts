import { HTTPException } from 'hono/http-exception'
import type { AppContext } from './appTypes.ts'

/** What has a version is tagged with it. */
export function etagOf(answer: unknown): string | undefined {
  const isVersioned = typeof answer === 'object' && answer !== null && 'version' in answer
  return isVersioned && typeof answer.version === 'number' ? `"${answer.version}"` : undefined
}

/**
 * The version that a change is made on: by `If-Match`, or as a field.
 *
 * @throws {HTTPException} 428 where none is given, 400 where there are two or it is none of ours
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
