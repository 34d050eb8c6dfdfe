import type { Entity } from '../../lib/kinds.ts'
import { Outline } from './Outline.tsx'
import { StoryViews } from './StoryViews.tsx'
import * as words from './words.ts'

/** A story's acts and their scenes, below each other. */
export default function StoryOutline(props: { entity: Entity }) {
  return (
    <section class="mt-10" aria-labelledby="outline">
      <h2 id="outline" class="sr-only">
        {words.outline}
      </h2>
      <div class="mb-6">
        <StoryViews worldId={props.entity.worldId} storyId={props.entity.id} view="outline" />
      </div>
      <Outline worldId={props.entity.worldId} storyId={props.entity.id} />
    </section>
  )
}
