import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { AppContext } from './appTypes.ts'

/** An error outside of tRPC. @see https://www.rfc-editor.org/rfc/rfc9457 */
export function problem(c: AppContext, status: ContentfulStatusCode, title: string, detail: string): Response {
  return c.body(JSON.stringify({ type: 'about:blank', title, status, detail, requestId: c.get('requestId') }), status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  })
}
