import ImageOff from 'lucide-solid/icons/image-off'
import { Show } from 'solid-js'
import { type EntitySummary, fieldOf } from '../../lib/kinds.ts'
import { EntityLink } from '../entities/EntityLink.tsx'
import { imageUrl } from './imageUrl.ts'

/** An image in a list. */
export function ImageCard(props: { image: EntitySummary }) {
  return (
    <li class="group relative overflow-hidden rounded-2xl border border-line bg-card shadow-card transition-shadow hover:shadow-lifted">
      <div class="grid aspect-4/3 place-items-center bg-sunk">
        <Show
          when={imageUrl(props.image, 'thumb')}
          fallback={<ImageOff class="size-8 text-soft" stroke-width={1.25} aria-hidden="true" />}
        >
          {(url) => (
            // The name is shown below it, so the alternative text only adds to that.
            <img
              src={url()}
              alt={fieldOf(props.image, 'altText') ?? ''}
              loading="lazy"
              class="size-full object-cover"
            />
          )}
        </Show>
      </div>
      <p class="truncate p-3 text-sm">
        <EntityLink
          worldId={props.image.worldId}
          kind="image"
          id={props.image.id}
          name={props.image.displayName}
          class="font-medium after:absolute after:inset-0 group-hover:text-accent"
        />
      </p>
    </li>
  )
}
