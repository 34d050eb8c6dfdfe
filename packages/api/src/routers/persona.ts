import { persona } from '@worldloom/schema'
import { entityProcedures } from '../entities/entityProcedures.ts'
import { router } from '../trpc.ts'

export const personaRouter = router({ ...entityProcedures(persona) })
