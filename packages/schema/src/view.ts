import { z } from 'zod'
import { tableOperators, type View, type ViewSettings } from './connected.ts'
import { entities } from './entity/index.ts'
import { type EntityKind, entityKinds } from './entity/kinds.ts'
import { tableFields } from './entity/tableFields.ts'
import { conditionsField, groupableField, sortableField } from './entity/tableInput.ts'
import { idField, versionField } from './ids.ts'
import { nameField } from './text.ts'
import { timestamp } from './time.ts'

/** How many views of a world a person can save. */
export const maxViews = 200

export const viewLayouts = ['list', 'table', 'cards'] as const

/** Of any kind: {@link settingsFault} says whether they fit theirs. */
const viewSettings = z
  .strictObject({
    layout: z.enum(viewLayouts, { error: `Must be one of ${viewLayouts.join(', ')}` }),
    columns: z.array(z.string().max(50)).max(50, 'At most 50').optional(),
    sort: z.string().max(50).optional(),
    order: z.enum(['asc', 'desc'], { error: 'Must be asc or desc' }).optional(),
    groupBy: z.string().max(50).optional(),
    where: z
      .array(
        z.strictObject({
          field: z.string(),
          is: z.enum(tableOperators, { error: `Must be one of ${tableOperators.join(', ')}` }),
          values: z.array(z.string()).optional(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'ViewSettings' }) satisfies z.ZodType<ViewSettings>

/** The settings that fit a kind. */
function settingsFor(kind: EntityKind) {
  const fields = tableFields(entities[kind])
  const names = fields.map(({ name }) => name)
  return z.strictObject({
    layout: viewSettings.shape.layout,
    columns: z
      .array(z.enum(names, { error: `Must be one of ${names.join(', ')}` }))
      .max(50, 'At most 50')
      .refine((columns) => new Set(columns).size === columns.length, 'Each field once')
      .optional(),
    sort: sortableField(fields).optional(),
    order: viewSettings.shape.order,
    groupBy: groupableField(fields).optional(),
    where: conditionsField(fields).optional(),
  })
}

export const viewAnswer = z
  .object({
    id: idField,
    worldId: idField,
    kind: z.enum(entityKinds),
    name: z.string(),
    isShared: z.boolean(),
    ownerId: idField,
    settings: viewSettings,
    version: versionField,
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'View' }) satisfies z.ZodType<View>

const viewName = nameField.refine((name) => name.length <= 100, 'At most 100 characters')
const isShared = z.boolean('Must be true or false')

export const viewListInput = z.strictObject({ worldId: idField, kind: z.enum(entityKinds) })
export const viewCreateInput = z.strictObject({
  worldId: idField,
  kind: z.enum(entityKinds),
  name: viewName,
  isShared: isShared.default(false),
  settings: viewSettings,
})
export const viewUpdateInput = z.strictObject({
  id: idField,
  version: versionField,
  name: viewName.optional(),
  isShared: isShared.optional(),
  settings: viewSettings.optional(),
})
export const viewDeleteInput = z.strictObject({ id: idField, version: versionField })

/** What is wrong with settings for a kind, by path; undefined if nothing is. */
export function settingsFault(kind: EntityKind, settings: ViewSettings): Record<string, string[]> | undefined {
  const { error } = settingsFor(kind).safeParse(settings)
  if (!error) return undefined
  const faults: Record<string, string[]> = {}
  for (const { message, path } of error.issues) {
    const name = ['settings', ...path].join('.')
    faults[name] = [...(faults[name] ?? []), message]
  }
  return faults
}
