import { useNavigate, useParams, useSearch } from '@tanstack/solid-router'
import Plus from 'lucide-solid/icons/plus'
import { createSignal, lazy, Show, Suspense } from 'solid-js'
import { kindIcons } from '../features/entities/kindIcons.ts'
import * as words from '../features/entities/words.ts'
import { showChanged } from '../features/undo/showChanged.ts'
import { useWorld, useWorldRights } from '../features/worlds/worldContext.ts'
import { capitalized, type Kind, kindOfPlural } from '../lib/kinds.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button } from '../ui/button.tsx'
import { lazyDialog } from '../ui/lazyDialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { Waiting } from '../ui/panel.tsx'
import { NotFound } from './notFound.tsx'

const EntityTable = lazy(() => import('../features/table/EntityTable.tsx'))
const EntityDialog = lazyDialog(() => import('../features/entities/EntityDialog.tsx'))
const UploadDialog = lazyDialog(() => import('../features/images/UploadDialog.tsx'))

/** The entries of one kind in a world. */
export default function Entities() {
  const params = useParams({ from: '/signed-in/world/worlds/$worldId/$plural' })
  return (
    <Show when={kindOfPlural(params().plural)} keyed fallback={<NotFound />}>
      {(kind) => <EntityList kind={kind} />}
    </Show>
  )
}

function EntityList(props: { kind: Kind }) {
  const { kind, wording } = props.kind
  const world = useWorld()
  const rights = useWorldRights()
  const search = useSearch({ from: '/signed-in/world/worlds/$worldId/$plural' })
  const navigate = useNavigate({ from: pagePaths.entities })
  const [creating, setCreating] = createSignal(false)
  usePageTitle(() => `${capitalized(wording.many)} · ${world().displayName}`)
  /** A new entry has what the list is filtered by, where that is one value of a field. */
  const initial = () =>
    Object.fromEntries(
      (search().where ?? []).flatMap(({ field, is, values }) => {
        const isOne = (is === 'anyOf' || is === 'is') && values?.length === 1
        const isOwn = props.kind.parent?.field === field || props.kind.fields.some(({ name }) => name === field)
        return isOne && isOwn ? [[field, values[0] ?? '']] : []
      }),
    )
  const Icon = kindIcons[kind]

  return (
    <>
      <div class="flex flex-wrap items-end justify-between gap-4">
        <h1 class="text-4xl">{capitalized(wording.many)}</h1>
        <Show when={rights.mayCreate()}>
          <Button look="primary" onClick={() => setCreating(true)}>
            <Plus class="size-4" aria-hidden="true" />
            {kind === 'image' ? words.uploadImages : words.newOne(wording.one)}
          </Button>
        </Show>
      </div>
      <Suspense fallback={<Waiting lines={8} />}>
        <EntityTable
          kind={props.kind}
          worldId={world().id}
          empty={
            <Notice
              art={<Icon class="size-14 text-accent" stroke-width={1.1} aria-hidden="true" />}
              title={words.noneYet(wording.many)}
              actions={
                <Show when={rights.mayCreate()}>
                  <Button look="primary" onClick={() => setCreating(true)}>
                    {kind === 'image' ? words.uploadTheFirstOnes : words.createTheFirst(wording.one)}
                  </Button>
                </Show>
              }
            >
              <p>{wording.about}</p>
            </Notice>
          }
        />
      </Suspense>
      <Show when={creating()}>
        <Show
          when={kind === 'image'}
          fallback={
            <EntityDialog
              worldId={world().id}
              kind={kind}
              initial={initial()}
              onClose={() => setCreating(false)}
              onSaved={(entity) => {
                setCreating(false)
                showChanged(words.isThere(entity.displayName))
                void navigate({
                  to: pagePaths.entity,
                  params: { worldId: world().id, plural: props.kind.plural, entityId: entity.id },
                })
              }}
            />
          }
        >
          <UploadDialog worldId={world().id} onClose={() => setCreating(false)} />
        </Show>
      </Show>
    </>
  )
}
