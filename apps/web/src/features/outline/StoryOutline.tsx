import { Link } from '@tanstack/solid-router'
import BookOpenText from 'lucide-solid/icons/book-open-text'
import type { Entity } from '../../lib/kinds.ts'
import { pagePaths } from '../../pagePaths.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Outline } from './Outline.tsx'

/** A story as a board: its acts and their scenes. */
export default function StoryOutline(props: { entity: Entity }) {
  return (
    <section class="mt-10" aria-labelledby="outline">
      <div class="mb-5 flex flex-wrap items-center justify-between gap-3">
        <h2 id="outline" class="text-2xl">
          Outline
        </h2>
        <Link
          to={pagePaths.storyText}
          params={{ worldId: props.entity.worldId, entityId: props.entity.id }}
          class={buttonClass('plain')}
        >
          <BookOpenText class="size-4" aria-hidden="true" />
          Read it through
        </Link>
      </div>
      <Outline worldId={props.entity.worldId} storyId={props.entity.id} />
    </section>
  )
}
