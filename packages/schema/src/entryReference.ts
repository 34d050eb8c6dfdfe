import { z } from 'zod'
import type { EntryReference } from './connected.ts'
import { entityKinds } from './entity/kinds.ts'
import { idField } from './ids.ts'

export const entryReference = z.object({
  id: idField,
  kind: z.enum(entityKinds),
  name: z.string(),
  displayName: z.string(),
}) satisfies z.ZodType<EntryReference>
