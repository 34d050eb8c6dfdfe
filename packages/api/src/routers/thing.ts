import { thing } from '@worldloom/schema'
import { entityProcedures } from '../entityProcedures.ts'
import { router } from '../trpc.ts'

export const thingRouter = router({ ...entityProcedures(thing) })
