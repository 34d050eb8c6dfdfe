import type { PermissionName } from '@worldloom/schema/permissions'
import { pagePaths } from '../../pagePaths.ts'

/** The pages of administration, each with what it takes to see it. */
export const adminSections = [
  { to: pagePaths.adminUsers, label: 'People', needs: 'user:read' },
  { to: pagePaths.adminRoles, label: 'Roles', needs: 'role:read' },
  { to: pagePaths.adminAudit, label: 'Audit log', needs: 'audit:read' },
] as const satisfies readonly { to: string; label: string; needs: PermissionName }[]
