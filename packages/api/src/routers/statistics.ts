import { anyCredential } from '@worldloom/auth'
import { statisticsInput } from '@worldloom/schema'
import { countPeople, countUse, readHealth } from '@worldloom/services'
import { procedure, router } from '../trpc.ts'

const reads = { credentials: anyCredential, permission: 'audit:read' } as const

/** What happens in the whole installation, for administrators; by days in UTC. */
export const statisticsRouter = router({
  people: procedure({ ...reads, cost: 20 })
    .input(statisticsInput)
    .query(({ ctx, input }) => countPeople(ctx.db, input.days)),

  use: procedure({ ...reads, cost: 20 })
    .input(statisticsInput)
    .query(({ ctx, input }) => countUse(ctx.db, input.days, ctx.chat.prices)),

  health: procedure({ ...reads, cost: 20 })
    .input(statisticsInput)
    .query(({ ctx, input }) => readHealth(ctx.db, input.days)),
})
