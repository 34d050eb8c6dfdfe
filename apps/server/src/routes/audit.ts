import { pipeline, Readable } from 'node:stream'
import { type Authenticator, anyCredential, streamAuditEvents } from '@worldloom/auth'
import type { DatabaseHandle } from '@worldloom/db'
import { auditExportInput } from '@worldloom/schema'
import { stringify } from 'csv-stringify'
import { Hono } from 'hono'
import type { AppEnvironment } from '../appTypes.ts'
import { requirePrincipal } from '../credentials.ts'
import type { SessionCookie } from '../sessionCookie.ts'

/** `GET /api/audit.csv`: the audit log as CSV, with the filters of `audit.list` as query parameters. */
export function auditRoutes(
  db: DatabaseHandle['db'],
  authenticator: Authenticator,
  cookie: SessionCookie,
): Hono<AppEnvironment> {
  return new Hono<AppEnvironment>().get('/audit.csv', async (c) => {
    await requirePrincipal(authenticator, cookie, c, { credentials: anyCredential, permission: 'audit:read' })
    const filters = auditExportInput.parse(c.req.query())
    const csv = stringify({
      header: true,
      bom: true,
      // Spreadsheets evaluate cells that start with =, and people choose their own names.
      escape_formulas: true,
      cast: { date: (date) => date.toISOString(), object: (value) => JSON.stringify(value) },
    })
    // If the database becomes unavailable, the download is aborted, so the client notices that it is incomplete.
    pipeline(Readable.from(streamAuditEvents(db, filters)), csv, () => undefined)
    return c.body(Readable.toWeb(csv) as ReadableStream, 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="audit-${new Date().toISOString().slice(0, 10)}.csv"`,
      'cache-control': 'no-store',
    })
  })
}
