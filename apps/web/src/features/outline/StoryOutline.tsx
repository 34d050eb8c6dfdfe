import type { Entity } from '../../lib/kinds.ts'
import { Outline } from './Outline.tsx'

/** A story as a board: its acts and their scenes. */
export default function StoryOutline(props: { entity: Entity }) {
  return (
    <section class="mt-10" aria-labelledby="outline">
      <h2 id="outline" class="mb-5 text-2xl">
        Outline
      </h2>
      <Outline worldId={props.entity.worldId} storyId={props.entity.id} />
    </section>
  )
}
