import type { TableField } from '@worldloom/schema/entity/tableFields'

/** Times from the latest, all else from the beginning. */
export function firstOrder(field: TableField | undefined): 'asc' | 'desc' {
  return field === undefined || field.type === 'time' ? 'desc' : 'asc'
}
