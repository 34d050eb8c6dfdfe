import { persona } from '@worldloom/schema'
import { entityProcedures } from '../entityProcedures.ts'
import { router } from '../trpc.ts'

export const personaRouter = router({ ...entityProcedures(persona) })
