import { useQuery } from '@tanstack/solid-query'
import type { TagColor } from '@worldloom/schema'
import { createContext, createMemo, useContext } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'

/** The color of a tag, by its id: asked for once for all rows of a list. */
export const TagColors = createContext<(id: string) => TagColor>((): TagColor => 'gray')

export function createTagColors(worldId: () => string): (id: string) => TagColor {
  const tags = useQuery(() => trpc.tag.list.queryOptions({ worldId: worldId() }))
  const colors = createMemo(() => new Map(dataOf(tags)?.items.map(({ id, color }) => [id, color])))
  return (id) => colors().get(id) ?? 'gray'
}

export function useTagColors(): (id: string) => TagColor {
  return useContext(TagColors)
}
