import { type EntityKind, entities, type ImageSize } from '@worldloom/schema'

/** The addresses of the reading side. They are those of the studio, below `/read` instead of `/worlds`. */
export function worldPath(worldId: string): string {
  return `/read/${worldId}`
}

export function kindPath(worldId: string, kind: EntityKind): string {
  return `${worldPath(worldId)}/${entities[kind].plural}`
}

export function entryPath(worldId: string, { kind, id }: { readonly kind: EntityKind; readonly id: string }): string {
  return `${kindPath(worldId, kind)}/${id}`
}

/** A story as one text. @param anchor the id of an act or scene in it */
export function textPath(worldId: string, storyId: string, anchor?: string): string {
  return `${worldPath(worldId)}/stories/${storyId}/text${anchor ? `#${anchor}` : ''}`
}

export function mapPath(worldId: string, id: string): string {
  return `${worldPath(worldId)}/maps/${id}`
}

export function imagePath(worldId: string, id: string, size: ImageSize | 'original'): string {
  return `${worldPath(worldId)}/images/${id}/file?size=${size}`
}
