import { type Accessor, createContext, useContext } from 'solid-js'
import type { World } from '../../lib/api.ts'
import { type May, useMay } from '../session/permitted.tsx'

export const WorldContext = createContext<Accessor<World>>()

/** The world whose page this is. */
export function useWorld(): Accessor<World> {
  const world = useContext(WorldContext)
  if (!world) throw new Error('outside of the pages of a world')
  return world
}

/** What the user may do in the world, by their role in it and their account's permissions. */
export function useWorldRights() {
  return rightsIn(useWorld(), useMay())
}

/** The same for a world that is not the page's. */
export function rightsIn(world: Accessor<World>, may: May) {
  const isEditor = () => world().role === 'editor' || world().role === 'owner'
  return {
    isMember: () => world().role !== null,
    isEditor,
    isOwner: () => world().role === 'owner',
    mayCreate: () => isEditor() && may('entity:create'),
    mayUpdate: () => isEditor() && may('entity:update'),
    mayDelete: () => isEditor() && may('entity:delete'),
    mayUpdateWorld: () => isEditor() && may('world:update'),
    mayDeleteWorld: () => world().role === 'owner' && may('world:delete'),
    maySeeMembers: () => world().role !== null && may('member:read'),
    mayUpdateMembers: () => world().role === 'owner' && may('member:update'),
  }
}
