import { meRouter } from './routers/me.ts'
import { sessionRouter } from './routers/session.ts'
import { worldRouter } from './routers/world.ts'
import { router } from './trpc.ts'

export const appRouter = router({
  me: meRouter,
  session: sessionRouter,
  world: worldRouter,
})

export type AppRouter = typeof appRouter
