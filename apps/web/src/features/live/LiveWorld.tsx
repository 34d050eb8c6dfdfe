import { createEffect, on, onCleanup } from 'solid-js'
import { setCurrentWorld } from '../undo/undo.ts'
import { followWorld } from './liveWorld.ts'

/** Renders nothing: keeps the pages of a world up to date while they are shown. */
export default function LiveWorld(props: { worldId: string }) {
  createEffect(on(() => props.worldId, followWorld))
  createEffect(() => setCurrentWorld(props.worldId))
  onCleanup(() => setCurrentWorld(undefined))
  return null
}
