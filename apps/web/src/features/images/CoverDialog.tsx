import { useInfiniteQuery } from '@tanstack/solid-query'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { createAttempts } from '../../lib/attempts.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { type Entity, entityCall, fieldOf, refreshWorlds } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Alert } from '../../ui/notice.tsx'
import { SearchBox } from '../../ui/searchBox.tsx'
import * as common from '../../ui/words.ts'
import { showChanged } from '../undo/showChanged.ts'
import { createUpload } from './createUpload.ts'
import { imageUrl } from './imageUrl.ts'
import { UploadArea } from './UploadArea.tsx'
import { uploadImage } from './upload.ts'
import * as words from './words.ts'

/** Chooses the cover of an entry: an image of its world, or a new one. */
export default function CoverDialog(props: { entity: Entity; onClose: () => void }) {
  const [search, setSearch] = createSignal('')
  const upload = createUpload()
  const { attempt, isBusy, failure } = createAttempts()
  const list = useInfiniteQuery(() =>
    trpc.image.list.infiniteQueryOptions(
      { worldId: props.entity.worldId, limit: 48, ...(search() && { search: search() }) },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  )
  const images = createMemo(() =>
    (dataOf(list)?.pages.flatMap((page) => page.items) ?? []).filter((image) => imageUrl(image, 'thumb')),
  )
  const choose = (coverId: string | null) =>
    attempt(async () => {
      const { id, version, kind } = props.entity
      await entityCall(kind).update.mutate({ id, version, coverId })
      props.onClose()
      void refreshWorlds()
      showChanged(coverId ? words.theCoverIsSet : words.theCoverIsRemoved)
    })
  const send = (given: File | undefined) =>
    upload.send(given, async (file, options) => choose((await uploadImage(props.entity.worldId, file, options)).id))
  return (
    <Dialog
      wide
      open
      onClose={props.onClose}
      dismissible={!isBusy() && !upload.sending()}
      title={words.cover}
      description={words.coverHint(props.entity.displayName)}
    >
      <div class="grid gap-5">
        <SearchBox label={words.searchImages} value={search()} onChange={setSearch} />
        <ul class="grid max-h-80 grid-cols-2 gap-3 overflow-y-auto p-1 sm:grid-cols-4">
          <For
            each={images()}
            fallback={
              <li class="col-span-full py-4 text-sm text-soft">
                {list.isPending ? common.loading : search() ? words.noImageIsCalledThat : words.thisWorldHasNoImages}
              </li>
            }
          >
            {(image) => (
              <li>
                <button
                  type="button"
                  class="grid w-full gap-1 rounded-xl border-2 border-transparent p-1 text-left text-xs hover:bg-sunk aria-pressed:border-accent"
                  aria-pressed={props.entity.coverId === image.id}
                  disabled={isBusy()}
                  onClick={() => void choose(image.id)}
                >
                  <img
                    src={imageUrl(image, 'thumb')}
                    alt={fieldOf(image, 'altText') ?? ''}
                    loading="lazy"
                    class="aspect-4/3 w-full rounded-lg bg-sunk object-cover"
                  />
                  <bdi class="truncate px-1">{image.displayName}</bdi>
                </button>
              </li>
            )}
          </For>
        </ul>
        <Show when={list.hasNextPage}>
          <Button class="justify-self-center" onClick={() => void list.fetchNextPage()}>
            {words.moreImages}
          </Button>
        </Show>
        <UploadArea
          upload={upload}
          label={words.uploadANewOne}
          hint={words.dropItHereOrChoose}
          onFile={(file) => void send(file)}
        />
        <Show when={upload.refusal() ?? failure()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
        <div class={dialogActions}>
          <Show when={props.entity.coverId}>
            <Button look="danger" class="mr-auto" disabled={isBusy()} onClick={() => void choose(null)}>
              {words.removeCover}
            </Button>
          </Show>
          <Button look="quiet" onClick={props.onClose} disabled={isBusy()}>
            {common.cancel}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
