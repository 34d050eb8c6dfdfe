import type { PermissionName } from '@worldloom/schema/permissions'
import { pagePaths } from '../../pagePaths.ts'

/** The administration pages, each with the permission it needs. */
export const adminSections = [
  { to: pagePaths.adminUsers, label: 'People', needs: 'user:read' },
  { to: pagePaths.adminRoles, label: 'Roles', needs: 'role:read' },
  { to: pagePaths.adminAudit, label: 'Audit log', needs: 'audit:read' },
  { to: pagePaths.adminStatistics, label: 'Statistics', needs: 'audit:read' },
] as const satisfies readonly { to: string; label: string; needs: PermissionName }[]
