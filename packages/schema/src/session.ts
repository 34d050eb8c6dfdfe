import { z } from 'zod'
import { idField } from './ids.ts'

export const sessionRevokeInput = z.strictObject({ id: idField })
