import { Link } from '@tanstack/solid-router'
import BookOpenText from 'lucide-solid/icons/book-open-text'
import Grid from 'lucide-solid/icons/grid-3x3'
import type { Entity } from '../../lib/kinds.ts'
import { pagePaths } from '../../pagePaths.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Outline } from './Outline.tsx'

/** A story as a board: its acts and their scenes. */
export default function StoryOutline(props: { entity: Entity }) {
  const params = () => ({ worldId: props.entity.worldId, entityId: props.entity.id })
  return (
    <section class="mt-10" aria-labelledby="outline">
      <div class="mb-5 flex flex-wrap items-center justify-between gap-3">
        <h2 id="outline" class="text-2xl">
          Outline
        </h2>
        <div class="flex flex-wrap gap-2">
          <Link to={pagePaths.storyCast} params={params()} class={buttonClass('quiet')}>
            <Grid class="size-4" aria-hidden="true" />
            Who is in which scene
          </Link>
          <Link to={pagePaths.storyText} params={params()} class={buttonClass('plain')}>
            <BookOpenText class="size-4" aria-hidden="true" />
            Read it through
          </Link>
        </div>
      </div>
      <Outline worldId={props.entity.worldId} storyId={props.entity.id} />
    </section>
  )
}
