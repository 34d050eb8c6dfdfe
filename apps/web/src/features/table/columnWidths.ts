import type { EntityKind } from '@worldloom/schema'
import type { TableField } from '@worldloom/schema/entity/tableFields'
import { createStore, unwrap } from 'solid-js/store'

/** In rem, so that columns grow with the text. */
export const narrowest = 5
export const widest = 60

const usualWidths: Readonly<Record<TableField['type'], number>> = {
  text: 12,
  flag: 7.5,
  choice: 8,
  reference: 11,
  references: 14,
  worldDate: 13,
  day: 8,
  time: 8.5,
  tags: 13,
}

function usualWidth({ name, type }: TableField): number {
  return name === 'name' ? 15 : name === 'description' ? 20 : usualWidths[type]
}

const key = (kind: EntityKind) => `columns:${kind}`

/** How wide the columns of a kind's table are, as somebody has made them in this browser. In rem. */
export function createColumnWidths(kind: EntityKind) {
  const [own, setOwn] = createStore<Record<string, number | undefined>>(readWidths(kind))
  const keep = () => {
    try {
      localStorage.setItem(key(kind), JSON.stringify(unwrap(own)))
    } catch {
      // Full: they are as they are until the page is left.
    }
  }
  return {
    of: (field: TableField) => own[field.name] ?? usualWidth(field),
    /** Whether any of these columns has been made wider or narrower. */
    areOwn: (fields: readonly TableField[]) => fields.some(({ name }) => own[name] !== undefined),
    /** Several at once, by name. */
    set: (widths: Readonly<Record<string, number>>) => {
      for (const [name, width] of Object.entries(widths)) setOwn(name, withinBounds(width))
      keep()
    },
    /** All of these columns as they usually are. */
    reset: (fields: readonly TableField[]) => {
      // A store forgets what is set to undefined.
      for (const { name } of fields) setOwn(name, undefined)
      keep()
    },
  }
}

/** How many pixels a rem is, as somebody has set it. */
export function pixelsOfRem(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
}

export function withinBounds(width: number): number {
  return Math.round(Math.min(widest, Math.max(narrowest, width)) * 100) / 100
}

function readWidths(kind: EntityKind): Record<string, number> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(kind)) ?? '{}')
    return Object.fromEntries(
      Object.entries(kept ?? {}).flatMap(([name, width]) =>
        typeof width === 'number' && Number.isFinite(width) ? [[name, withinBounds(width)]] : [],
      ),
    )
  } catch {
    return {}
  }
}
