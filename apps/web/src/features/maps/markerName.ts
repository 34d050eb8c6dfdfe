import type { RouterOutputs } from '../../lib/api.ts'

export type WholeMap = RouterOutputs['map']['byId']
export type Marker = WholeMap['markers'][number]

/** What a marker is called. */
export function markerName({ label, entry }: Pick<Marker, 'label' | 'entry'>): string {
  return label || (entry?.displayName ?? '')
}
