import Download from 'lucide-solid/icons/download'
import { Show } from 'solid-js'
import { type Entity, fieldOf, refreshWorlds } from '../../lib/kinds.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Alert } from '../../ui/notice.tsx'
import { showToast } from '../../ui/toast.ts'
import { useWorldRights } from '../worlds/worldContext.ts'
import { createUpload } from './createUpload.ts'
import { fileSize, imageUrl } from './imageUrl.ts'
import { UploadArea } from './UploadArea.tsx'
import { upload } from './upload.ts'
import * as words from './words.ts'

/** An image's file: view, download and replace. */
export default function ImageFile(props: { entity: Entity }) {
  const rights = useWorldRights()
  const replacing = createUpload()
  const about = () =>
    [
      words.pixels(fieldOf(props.entity, 'width') ?? '', fieldOf(props.entity, 'height') ?? ''),
      fileSize(Number(fieldOf(props.entity, 'byteSize'))),
      fieldOf(props.entity, 'mediaType')?.replace('image/', '').toUpperCase(),
    ].join(' · ')
  const replace = (given: File | undefined) =>
    replacing.send(given, async (file, options) => {
      try {
        await upload({
          ...options,
          method: 'PUT',
          path: `/api/v1/images/${props.entity.id}/file`,
          fields: { version: String(props.entity.version) },
          file,
        })
        showToast(words.theFileIsThere)
      } finally {
        // Also if it was refused, as somebody else may have changed the image.
        if (!options.signal?.aborted) await refreshWorlds()
      }
    })
  return (
    <section class="mt-8" aria-label={words.file}>
      <Show when={imageUrl(props.entity, 'large')}>
        {(url) => (
          <>
            <img
              src={url()}
              alt={fieldOf(props.entity, 'altText') ?? ''}
              width={fieldOf(props.entity, 'width') ?? undefined}
              height={fieldOf(props.entity, 'height') ?? undefined}
              class="h-auto max-h-[75dvh] w-auto max-w-full rounded-2xl border border-line bg-sunk"
            />
            <div class="mt-4 flex flex-wrap items-center gap-4 text-sm text-soft">
              <span>{about()}</span>
              <a class={buttonClass('plain')} href={`${imageUrl(props.entity, 'original')}&download=true`}>
                <Download class="size-4" aria-hidden="true" />
                {words.download}
              </a>
            </div>
          </>
        )}
      </Show>
      <Show when={rights.mayUpdate()}>
        <div class="mt-6 grid max-w-xl gap-4">
          <UploadArea
            upload={replacing}
            label={imageUrl(props.entity, 'thumb') ? words.replaceTheFile : words.addItsFile}
            hint={words.dropItHereOrChoose}
            onFile={(file) => void replace(file)}
          />
          <Show when={replacing.refusal()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
        </div>
      </Show>
    </section>
  )
}
