import { useQuery } from '@tanstack/solid-query'
import { Link, useNavigate, useParams } from '@tanstack/solid-router'
import type { EntityKind } from '@worldloom/schema'
import { withoutMentions } from '@worldloom/schema/mentionText'
import HistoryIcon from 'lucide-solid/icons/clock-fading'
import ShareIcon from 'lucide-solid/icons/share-2'
import { type Component, createSignal, For, lazy, Match, onCleanup, Show, Suspense, Switch } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { EntityName } from '../features/entities/EntityName.tsx'
import { useDeleteEntity } from '../features/entities/useDeleteEntity.tsx'
import * as words from '../features/entities/words.ts'
import { imageFile } from '../features/images/imageUrl.ts'
import { setOpenEntry } from '../features/live/presence.ts'
import { MentioningText } from '../features/mentions/MentioningText.tsx'
import { RecordActions } from '../features/records/RecordActions.tsx'
import { useWorld, useWorldRights } from '../features/worlds/worldContext.ts'
import { createEditing } from '../features/writing/createEditing.ts'
import { dataOf } from '../lib/dataOf.ts'
import { failureOf } from '../lib/failure.ts'
import { importWhenIdle } from '../lib/idle.ts'
import { capitalized, type Entity, entityApi, fieldOf, type Kind, kindOfPlural } from '../lib/kinds.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { timeAgo } from '../lib/time.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Later } from '../ui/later.tsx'
import { Near } from '../ui/near.tsx'
import { DidNotArrive, Notice } from '../ui/notice.tsx'
import { Waiting } from '../ui/panel.tsx'
import { NotFound } from './notFound.tsx'

const HistoryPanel = lazy(() => import('../features/history/HistoryPanel.tsx'))
const Faces = lazy(() => importWhenIdle(() => import('../features/live/Faces.tsx')))
const ShareDialog = lazy(() => import('../features/sharing/ShareDialog.tsx'))
const EntryMarks = lazy(() => import('../features/entities/EntryMarks.tsx'))
const Related = lazy(() => import('../features/entities/Related.tsx'))
const EntryConnections = lazy(() => importWhenIdle(() => import('../features/connections/EntryConnections.tsx')))
const WorldDateText = lazy(() => import('../features/time/WorldDateText.tsx'))
const PageEditor = lazy(() => import('../features/writing/PageEditor.tsx'))
const UnsentNotice = lazy(() => importWhenIdle(() => import('../features/writing/UnsentNotice.tsx')))

/** Parts that only some kinds' pages have. */
const ownParts: Partial<Record<EntityKind, Component<{ entity: Entity }>>> = {
  story: lazy(() => import('../features/outline/StoryOutline.tsx')),
  act: lazy(() => import('../features/outline/ActScenes.tsx')),
  scene: lazy(() => import('../features/scenes/SceneParts.tsx')),
  book: lazy(() => import('../features/books/BookStories.tsx')),
  location: lazy(() => import('../features/locations/LocationPath.tsx')),
  image: lazy(() => import('../features/images/ImageFile.tsx')),
}

/** The page of an entry of any kind. */
export default function EntityPage() {
  const params = useParams({ from: '/signed-in/world/worlds/$worldId/$plural/$entityId' })
  return (
    <Show when={kindOfPlural(params().plural)} keyed fallback={<NotFound />}>
      {(kind) => (
        <Show when={params().entityId} keyed>
          {(id) => <Loaded kind={kind} id={id} />}
        </Show>
      )}
    </Show>
  )
}

function Loaded(props: { kind: Kind; id: string }) {
  const world = useWorld()
  const found = useQuery(() => entityApi(props.kind.kind).byId.queryOptions({ id: props.id }))
  const isMissing = () =>
    (dataOf(found)?.worldId ?? world().id) !== world().id ||
    ['notFound', 'badInput'].includes(failureOf(found.error).reason?.kind ?? '')
  return (
    <Switch>
      <Match when={isMissing()}>
        <Notice
          title={words.noSuchEntry(props.kind.wording.one)}
          actions={
            <Link
              to={pagePaths.entities}
              params={{ worldId: world().id, plural: props.kind.plural }}
              class={buttonClass('primary')}
            >
              {words.toTheList(props.kind.wording.many)}
            </Link>
          }
        >
          <p>{words.itWasDeletedOrWas}</p>
        </Notice>
      </Match>
      <Match when={dataOf(found)}>{(entity) => <Details kind={props.kind} entity={entity() as Entity} />}</Match>
      <Match when={found.isPending}>
        <Waiting lines={5} />
      </Match>
      <Match when={found.isError}>
        <DidNotArrive
          what={words.theEntry(props.kind.wording.one)}
          error={found.error}
          onRetry={() => found.refetch()}
        />
      </Match>
    </Switch>
  )
}

function Details(props: { kind: Kind; entity: Entity }) {
  const navigate = useNavigate()
  const rights = useWorldRights()
  const world = useWorld()
  let article: HTMLElement | undefined
  const { editing, edit, editAt, done } = createEditing(rights.mayUpdate, () => article)
  const [showsHistory, setShowsHistory] = createSignal(false)
  const [isSharing, setSharing] = createSignal(false)
  const [isRelatedSettled, setRelatedSettled] = createSignal(false)
  let historyButton: HTMLButtonElement | undefined
  usePageTitle(() => `${props.entity.displayName} · ${world().displayName}`)
  setOpenEntry(props.entity.id)
  onCleanup(() => setOpenEntry(null))
  const deletion = useDeleteEntity(
    props.kind.kind,
    () => void navigate({ to: pagePaths.entities, params: { worldId: world().id, plural: props.kind.plural } }),
  )
  /** Whether its facts are beside its text. */
  const isBeside = () => props.entity.body !== '' && !showsHistory()
  const Top = () => (
    <>
      <div class="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div class="min-w-0">
          <div class="flex items-center gap-3">
            <p class="text-sm text-soft">
              {capitalized(props.kind.wording.one)}
              <Show when={props.entity.isPlaceholder}>{words.placeholderStillToBeFilled}</Show>
              <ParentLink kind={props.kind} entity={props.entity} />
            </p>
            {/* No higher than the line. */}
            <span class="-my-2">
              <Suspense>
                <Faces subjectId={props.entity.id} />
              </Suspense>
            </span>
          </div>
          <h1 class="mt-1 text-3xl leading-tight sm:text-4xl" {...editAt('title')}>
            <bdi>{props.entity.displayName}</bdi>
          </h1>
        </div>
        <RecordActions
          mayEdit={rights.mayUpdate()}
          onEdit={() => edit({ field: 'title' })}
          mayDelete={rights.mayDelete()}
          onDelete={() => void deletion.ask(props.entity)}
        >
          <Show when={world().role}>
            <Button
              ref={(element: HTMLButtonElement) => {
                historyButton = element
              }}
              look="quiet"
              aria-expanded={showsHistory()}
              onClick={() => setShowsHistory((shown) => !shown)}
            >
              <HistoryIcon class="size-4" aria-hidden="true" />
              <span class="max-sm:sr-only">{words.history}</span>
            </Button>
          </Show>
          <Show when={rights.isOwner() && rights.mayUpdateMembers()}>
            <Button look="quiet" onClick={() => setSharing(true)}>
              <ShareIcon class="size-4" aria-hidden="true" />
              <span class="max-sm:sr-only">{words.share}</span>
            </Button>
          </Show>
        </RecordActions>
      </div>
      <Show when={props.entity.description}>
        <p
          class="mt-4 max-w-3xl font-display text-lg leading-relaxed whitespace-pre-wrap"
          dir="auto"
          {...editAt('description')}
        >
          {withoutMentions(props.entity.description)}
        </p>
      </Show>
    </>
  )
  /** Loaded beside the page. Members always have some: their place is kept, so that nothing moves. */
  const Marks = () => (
    <div classList={{ 'mt-5 min-h-8 max-sm:min-h-18': world().role !== null }}>
      <Suspense>
        <EntryMarks entity={props.entity} />
      </Suspense>
    </div>
  )
  return (
    <article
      ref={(element) => {
        article = element
      }}
    >
      <Suspense>
        <UnsentNotice
          subjectId={props.entity.id}
          isEditing={editing() !== undefined}
          onContinue={() => edit({ field: 'body' })}
        />
      </Suspense>
      <Show when={editing()} fallback={<Top />}>
        {(begin) => (
          <Suspense fallback={<Top />}>
            <PageEditor
              worldId={world().id}
              kind={props.kind.kind}
              label={capitalized(props.kind.wording.one)}
              record={props.entity}
              begin={begin()}
              onDone={done}
            >
              <Marks />
            </PageEditor>
          </Suspense>
        )}
      </Show>
      <Later>
        {/* Beside the entry or, where there is no room, before it. */}
        <div classList={{ 'grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_22rem]': showsHistory() }}>
          <Show when={showsHistory()}>
            <div class="mt-6 lg:order-last">
              <Suspense fallback={<Waiting lines={4} />}>
                <HistoryPanel
                  entity={props.entity}
                  mayRestore={rights.mayUpdate()}
                  onClose={() => {
                    setShowsHistory(false)
                    historyButton?.focus()
                  }}
                />
              </Suspense>
            </div>
          </Show>
          <div class="min-w-0">
            <Show when={!editing()}>
              <Marks />
              {/* Its facts beside its text, where there is one and room for both. */}
              <div class="mt-6 grid items-start gap-8" classList={{ 'lg:grid-cols-[minmax(0,1fr)_18rem]': isBeside() }}>
                <div
                  class="grid gap-5 empty:hidden"
                  classList={{
                    'lg:order-last': isBeside(),
                    'sm:grid-cols-[16rem_1fr]': !isBeside() && props.entity.coverId !== null,
                  }}
                >
                  <Cover entity={props.entity} />
                  <Facts kind={props.kind} entity={props.entity} isBeside={isBeside()} editAt={editAt} />
                </div>
                <Show when={props.entity.body}>
                  <div class="min-w-0" dir="auto" {...editAt('body', props.entity.body)}>
                    <MentioningText text={props.entity.body} entityId={props.entity.id} worldId={world().id} />
                  </div>
                </Show>
              </div>
            </Show>
            <Suspense fallback={<Waiting lines={3} />}>
              <Dynamic component={ownParts[props.kind.kind]} entity={props.entity} />
            </Suspense>
            <Near>
              <Suspense>
                <Related kind={props.kind} entity={props.entity} onSettled={() => setRelatedSettled(true)} />
              </Suspense>
              {/* Not before what is above it, which would move it. */}
              <Show when={isRelatedSettled()}>
                <Near>
                  <Suspense>
                    <EntryConnections entity={props.entity} />
                  </Suspense>
                  <p class="mt-10 text-xs text-soft">
                    {words.createdAndUpdated(
                      <time dateTime={props.entity.createdAt}>{timeAgo(props.entity.createdAt)}</time>,
                      <time dateTime={props.entity.updatedAt}>{timeAgo(props.entity.updatedAt)}</time>,
                    )}
                  </p>
                </Near>
              </Show>
            </Near>
          </div>
        </div>
      </Later>
      {deletion.dialog()}
      <Show when={isSharing()}>
        <Suspense>
          <ShareDialog worldId={world().id} entry={props.entity} onClose={() => setSharing(false)} />
        </Suspense>
      </Show>
    </article>
  )
}

/** “of Act I”, if that is its parent. */
function ParentLink(props: { kind: Kind; entity: Entity }) {
  const parent = () => (props.kind.parent?.required ? props.kind.parent : undefined)
  const parentId = () => fieldOf(props.entity, parent()?.field ?? '')
  return (
    <Show when={parentId()}>
      {(id) => (
        <>
          {words.ofParent}
          <EntityName linked kind={parent()?.kind ?? 'story'} id={id()} />
        </>
      )}
    </Show>
  )
}

/** Its cover, unless that is in the trash. */
function Cover(props: { entity: Entity }) {
  const [missing, setMissing] = createSignal<string>()
  return (
    <Show when={props.entity.coverId !== missing() && props.entity.coverId} keyed>
      {(id) => (
        <Link
          to={pagePaths.entity}
          params={{ worldId: props.entity.worldId, plural: 'images', entityId: id }}
          class="block overflow-hidden rounded-2xl border border-line bg-sunk"
        >
          <img
            src={imageFile(id, 'large')}
            alt={words.coverOf(props.entity.displayName)}
            class="aspect-square max-h-96 w-full object-cover"
            onError={() => setMissing(id)}
          />
        </Link>
      )}
    </Show>
  )
}

/** Fields that a kind's own parts show and edit. */
const shownByOwnParts = new Set(['scene.locationId'])

/** Its own fields that have a value. */
function Facts(props: {
  kind: Kind
  entity: Entity
  /** Whether they are in a column beside the text. */
  isBeside: boolean
  editAt: (field: string) => { onClick: (event: MouseEvent) => void }
}) {
  const facts = () =>
    props.kind.fields
      .filter(({ name }) => !shownByOwnParts.has(`${props.kind.kind}.${name}`))
      .flatMap((field) => {
        const value = fieldOf(props.entity, field.name)
        return value ? [{ field, value }] : []
      })
  return (
    <Show when={facts().length > 0}>
      <dl
        class="grid gap-x-8 gap-y-4 rounded-2xl border border-line bg-card p-5 sm:max-lg:grid-cols-2"
        classList={{ 'lg:grid-cols-3': !props.isBeside }}
      >
        <For each={facts()}>
          {({ field, value }) => (
            <div classList={{ 'col-span-full': field.control.as === 'paragraph' }} {...props.editAt(field.name)}>
              <dt class="text-xs font-medium tracking-wide text-soft uppercase">{field.label}</dt>
              <dd class="mt-1 whitespace-pre-wrap" dir="auto">
                {field.control.as === 'reference' ? (
                  <EntityName linked kind={field.control.kind} id={value} />
                ) : field.control.as === 'choice' ? (
                  (field.control.options[value] ?? value)
                ) : field.control.as === 'worldDate' ? (
                  <Suspense fallback="…">
                    <WorldDateText date={value} />
                  </Suspense>
                ) : (
                  withoutMentions(value)
                )}
              </dd>
            </div>
          )}
        </For>
      </dl>
    </Show>
  )
}
