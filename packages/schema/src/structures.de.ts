import type { structures as english } from './connected.ts'

/** How each kind of structure reads, from either end: see `structures` in connected.ts. */
export const structures: Readonly<Record<keyof typeof english, readonly [out: string, back: string]>> = {
  act: ['hat den Akt', 'ist ein Akt von'],
  scene: ['hat die Szene', 'ist eine Szene von'],
  place: ['spielt in', 'ist der Ort von'],
  cast: ['hat in der Besetzung', 'kommt vor in'],
  thing: ['enthält', 'ist in'],
  owner: ['besitzt', 'gehört'],
  location: ['enthält', 'liegt in'],
  story: ['bindet', 'ist gebunden in'],
}
