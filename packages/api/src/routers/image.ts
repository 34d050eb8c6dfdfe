import { image } from '@worldloom/schema'
import { entityProcedures } from '../entityProcedures.ts'
import { router } from '../trpc.ts'

export const imageRouter = router({ ...entityProcedures(image) })
