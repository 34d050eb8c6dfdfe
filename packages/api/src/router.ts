import { accountRouter } from './routers/account.ts'
import { apiKeyRouter } from './routers/apiKey.ts'
import { auditRouter } from './routers/audit.ts'
import { examplesRouter } from './routers/examples.ts'
import { meRouter } from './routers/me.ts'
import { permissionRouter } from './routers/permission.ts'
import { roleRouter } from './routers/role.ts'
import { sessionRouter } from './routers/session.ts'
import { userRouter } from './routers/user.ts'
import { worldRouter } from './routers/world.ts'
import { router } from './trpc.ts'

export const appRouter = router({
  account: accountRouter,
  apiKey: apiKeyRouter,
  audit: auditRouter,
  examples: examplesRouter,
  me: meRouter,
  permission: permissionRouter,
  role: roleRouter,
  session: sessionRouter,
  user: userRouter,
  world: worldRouter,
})

export type AppRouter = typeof appRouter
