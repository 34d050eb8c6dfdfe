import type { PermissionName } from '@worldloom/schema/permissions'
import { pagePaths } from '../../pagePaths.ts'
import * as words from './words.ts'

/** The administration pages, each with the permission it needs. */
export const adminSections = [
  { to: pagePaths.adminUsers, label: words.people, needs: 'user:read' },
  { to: pagePaths.adminRoles, label: words.roles, needs: 'role:read' },
  { to: pagePaths.adminApps, label: words.apps, needs: 'oauthClient:read' },
  { to: pagePaths.adminAudit, label: words.auditLog, needs: 'audit:read' },
  { to: pagePaths.adminStatistics, label: words.statistics, needs: 'audit:read' },
  { to: pagePaths.adminJobs, label: words.jobs, needs: 'job:read' },
] as const satisfies readonly { to: string; label: string; needs: PermissionName }[]
