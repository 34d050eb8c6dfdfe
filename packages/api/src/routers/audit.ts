import { anyCredential, listAuditEvents } from '@worldloom/auth'
import { auditListInput } from '@worldloom/schema'
import { procedure, router } from '../trpc.ts'

/** Who did what. As a file: `GET /api/audit.csv`. */
export const auditRouter = router({
  list: procedure({ credentials: anyCredential, permission: 'audit:read' })
    .input(auditListInput)
    .query(({ ctx, input }) => listAuditEvents(ctx.db, input)),
})
