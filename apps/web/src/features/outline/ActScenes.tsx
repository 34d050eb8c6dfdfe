import { type Entity, fieldOf } from '../../lib/kinds.ts'
import { Outline } from './Outline.tsx'
import * as words from './words.ts'

/** The scenes of an act, in order. */
export default function ActScenes(props: { entity: Entity }) {
  return (
    <section class="mt-10" aria-labelledby="scenes">
      <h2 id="scenes" class="text-2xl">
        {words.scenes}
      </h2>
      <Outline
        worldId={props.entity.worldId}
        storyId={fieldOf(props.entity, 'storyId') ?? ''}
        actId={props.entity.id}
      />
    </section>
  )
}
