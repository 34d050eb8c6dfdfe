import { type Entity, fieldOf } from '../../lib/kinds.ts'
import { Outline } from './Outline.tsx'

/** The scenes of an act, in order. */
export default function ActScenes(props: { entity: Entity }) {
  return (
    <section class="mt-10" aria-labelledby="scenes">
      <h2 id="scenes" class="text-2xl">
        Scenes
      </h2>
      <Outline
        worldId={props.entity.worldId}
        storyId={fieldOf(props.entity, 'storyId') ?? ''}
        actId={props.entity.id}
      />
    </section>
  )
}
