import { z } from 'zod'
import { type TableCondition, type TableOperator, type TableTally, tableOperators } from '../connected.ts'
import { idField } from '../ids.ts'
import { maxPageSize } from '../pagination.ts'
import { searchField, text } from '../text.ts'
import { bareOperators, isGroupable, isSortable, operatorsOf, type TableField } from './tableFields.ts'

const severalValues: readonly TableOperator[] = ['anyOf', 'allOf', 'noneOf']
const maxValues = 50

const condition = z
  .strictObject({
    field: z.string('Must be the name of a field').max(50, 'At most 50 characters'),
    is: z.enum(tableOperators, { error: `Must be one of ${tableOperators.join(', ')}` }),
    values: z.array(text(255)).max(maxValues, `At most ${maxValues}`).optional(),
  })
  .meta({ id: 'TableCondition' }) satisfies z.ZodType<TableCondition>

const day = z.iso.date()
const time = z.iso.datetime({ offset: true })

/** What is wrong with a condition on fields of a kind; undefined if nothing is. */
function conditionFault(fields: readonly TableField[], { field, is, values = [] }: TableCondition): string | undefined {
  const found = fields.find(({ name }) => name === field)
  if (!found) return `There is no field “${field}”. Use one of ${fields.map(({ name }) => name).join(', ')}`
  if (!operatorsOf[found.type].includes(is)) {
    return `“${field}” can’t be filtered by “${is}”. Use one of ${operatorsOf[found.type].join(', ')}`
  }
  if (bareOperators.includes(is)) return values.length > 0 ? `“${is}” takes no values` : undefined
  if (values.length === 0) return `“${is}” needs a value`
  if (values.length > 1 && !severalValues.includes(is)) return `“${is}” takes one value`
  const isWrong = values.some((value) => !fits(found, value))
  return isWrong ? `Is no value of “${field}”: ${expected(found)}` : undefined
}

/** World dates are read in the calendar of the world. */
function fits({ type, options }: TableField, value: string): boolean {
  switch (type) {
    case 'flag':
      return value === 'true' || value === 'false'
    case 'choice':
      return Object.hasOwn(options ?? {}, value)
    case 'reference':
    case 'references':
    case 'tags':
      return idField.safeParse(value).success
    case 'day':
      return day.safeParse(value).success
    case 'time':
      return time.safeParse(value).success || day.safeParse(value).success
    default:
      return value !== ''
  }
}

function expected({ type, options }: TableField): string {
  if (type === 'flag') return 'true or false'
  if (type === 'choice') return `one of ${Object.keys(options ?? {}).join(', ')}`
  if (type === 'reference' || type === 'references' || type === 'tags') return 'an id'
  if (type === 'day' || type === 'time') return 'a day such as 2027-01-31'
  return 'some text'
}

/** Conditions on fields of a kind. */
export function conditionsField(fields: readonly TableField[]) {
  return z
    .array(condition)
    .max(20, 'At most 20')
    .superRefine((conditions, context) => {
      for (const [index, given] of conditions.entries()) {
        const message = conditionFault(fields, given)
        if (message) context.addIssue({ code: 'custom', message, path: [index] })
      }
    })
}

export function sortableField(fields: readonly TableField[]) {
  return oneOf(fields.filter(isSortable))
}

export function groupableField(fields: readonly TableField[]) {
  return oneOf(fields.filter(isGroupable))
}

function oneOf(fields: readonly TableField[]) {
  const names = fields.map(({ name }) => name)
  return z.enum(names, { error: `Must be one of ${names.join(', ')}` })
}

/** The inputs of a kind's table. */
export function tableInputs(fields: readonly TableField[]) {
  const query = {
    worldId: idField,
    search: searchField.optional(),
    where: conditionsField(fields).optional(),
    groupBy: groupableField(fields).optional(),
  }
  return {
    tableInput: z.strictObject({
      ...query,
      sort: sortableField(fields).default('updatedAt'),
      order: z.enum(['asc', 'desc'], { error: 'Must be asc or desc' }).optional(),
      offset: z
        .int('Must be a whole number')
        .min(0, 'Must be at least 0')
        .max(10_000_000, 'Must be at most 10,000,000')
        .default(0),
      limit: z
        .int('Must be a whole number')
        .min(1, 'Must be at least 1')
        .max(maxPageSize, `Must be at most ${maxPageSize}`)
        .default(50),
    }),
    tallyInput: z.strictObject(query),
  }
}

/** What a row has besides its entry. */
export const tableRowExtras = { lists: z.record(z.string(), z.array(idField)), names: z.record(z.string(), z.string()) }

/** How many groups a table can have. */
export const maxGroups = 500

export const tableTally = z
  .object({
    total: z.int(),
    groups: z.array(z.object({ value: z.string().nullable(), name: z.string().nullable(), count: z.int() })),
  })
  .meta({ id: 'TableTally' }) satisfies z.ZodType<TableTally>
