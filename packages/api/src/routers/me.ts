import { anyCredential } from '../access.ts'
import { procedure, router } from '../trpc.ts'

export const meRouter = router({
  get: procedure({ credentials: anyCredential, permission: 'profile:read' }).query(({ ctx: { principal } }) => ({
    ...principal.user,
    roles: principal.roles,
    permissions: [...principal.permissions].sort(),
    signedInWith: principal.kind,
  })),
})
