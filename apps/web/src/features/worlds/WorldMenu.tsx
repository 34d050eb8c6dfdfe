import { useLocation } from '@tanstack/solid-router'
import { createEffect, on } from 'solid-js'
import { Dialog } from '../../ui/dialog.tsx'
import WorldNav from './WorldNav.tsx'
import { useWorld } from './worldContext.ts'

/** The pages of a world where there is no room for them beside the page. Closes once one was chosen. */
export default function WorldMenu(props: { onClose: () => void }) {
  const world = useWorld()
  const location = useLocation()
  createEffect(on(() => location().href, props.onClose, { defer: true }))
  return (
    <Dialog open title={world().displayName} onClose={props.onClose}>
      <div class="-mx-2">
        <WorldNav />
      </div>
    </Dialog>
  )
}
