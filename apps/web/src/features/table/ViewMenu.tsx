import { DropdownMenu } from '@kobalte/core/dropdown-menu'
import { useQuery } from '@tanstack/solid-query'
import type { ViewSettings } from '@worldloom/schema'
import Bookmark from 'lucide-solid/icons/bookmark'
import Check from 'lucide-solid/icons/check'
import { createSignal, For, Show } from 'solid-js'
import { call, queryClient, trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { failureOf } from '../../lib/failure.ts'
import type { Kind } from '../../lib/kinds.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { lazyDialog } from '../../ui/lazyDialog.tsx'
import { menuClass, menuItemClass } from '../../ui/menu.ts'
import { showToast } from '../../ui/toast.ts'
import { currentUserId } from '../session/currentUser.ts'
import { useWorldRights } from '../worlds/worldContext.ts'
import type { View } from './view.ts'
import * as words from './words.ts'

const ViewDialog = lazyDialog(() => import('./ViewDialog.tsx'))

/** Chooses how a list is looked at, and saves it with a name. */
export default function ViewMenu(props: {
  kind: Kind
  worldId: string
  /** The view that was chosen last. */
  viewId: string | undefined
  /** What is shown now. */
  settings: ViewSettings
  /** Undefined for how a list is shown at first. */
  onChoose: (view: View | undefined) => void
}) {
  const rights = useWorldRights()
  const listed = () => trpc.view.list.queryOptions({ worldId: props.worldId, kind: props.kind.kind })
  const views = useQuery(listed)
  const [naming, setNaming] = createSignal<{ readonly view?: View }>()
  const [deleting, setDeleting] = createSignal<View>()
  const chosen = () => dataOf(views)?.items.find(({ id }) => id === props.viewId)
  const isChanged = () => {
    const view = chosen()
    return view !== undefined && textOf(view.settings) !== textOf(props.settings)
  }
  const mayChange = (view: View) => view.ownerId === currentUserId() || rights.isOwner()
  const refresh = () => queryClient.invalidateQueries({ queryKey: listed().queryKey })
  const saveChanges = async (view: View) => {
    try {
      await call.view.update.mutate({ id: view.id, version: view.version, settings: props.settings })
      showToast(words.viewIsChanged(view.name))
    } catch (error) {
      showToast(failureOf(error).message)
    }
    await refresh()
  }
  return (
    <>
      <DropdownMenu placement="bottom-start" gutter={6} modal={false}>
        <DropdownMenu.Trigger class={buttonClass('plain', 'max-w-60')}>
          <Bookmark class="size-4 shrink-0" aria-hidden="true" />
          <span class="truncate">
            {chosen()?.name ?? words.views}
            <Show when={isChanged()}>
              <span class="text-soft">{words.changed}</span>
            </Show>
          </span>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content class={`${menuClass} max-h-[70dvh] max-w-80 min-w-60 overflow-y-auto`}>
            <DropdownMenu.Item class={menuItemClass} onSelect={() => props.onChoose(undefined)}>
              {words.allOfKind(props.kind.wording.many)}
            </DropdownMenu.Item>
            <For each={dataOf(views)?.items}>
              {(view) => (
                <DropdownMenu.Item class={menuItemClass} onSelect={() => props.onChoose(view)}>
                  <span class="min-w-0 grow truncate">
                    <bdi>{view.name}</bdi>
                    <Show when={view.isShared}>
                      <span class="text-soft">{words.shared}</span>
                    </Show>
                  </span>
                  <Show when={view.id === props.viewId}>
                    <Check class="size-4 shrink-0" aria-label={words.chosen} />
                  </Show>
                </DropdownMenu.Item>
              )}
            </For>
            <DropdownMenu.Separator class="my-1 border-line" />
            <Show when={isChanged() && chosen()}>
              {(view) => (
                <Show when={mayChange(view())}>
                  <DropdownMenu.Item class={menuItemClass} onSelect={() => void saveChanges(view())}>
                    {words.saveChangesTo(view().name)}
                  </DropdownMenu.Item>
                </Show>
              )}
            </Show>
            <DropdownMenu.Item class={menuItemClass} onSelect={() => setNaming({})}>
              {words.saveAsANewView}
            </DropdownMenu.Item>
            <Show when={chosen()}>
              {(view) => (
                <Show when={mayChange(view())}>
                  <DropdownMenu.Item class={menuItemClass} onSelect={() => setNaming({ view: view() })}>
                    {words.renameOrShareNamed(view().name)}
                  </DropdownMenu.Item>
                  <DropdownMenu.Item class={`${menuItemClass} text-danger`} onSelect={() => setDeleting(view())}>
                    {words.deleteNamed(view().name)}
                  </DropdownMenu.Item>
                </Show>
              )}
            </Show>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu>
      <Show when={naming()} keyed>
        {({ view }) => (
          <ViewDialog
            kind={props.kind}
            worldId={props.worldId}
            view={view}
            settings={props.settings}
            onClose={() => setNaming(undefined)}
            onSaved={(saved) => {
              setNaming(undefined)
              void refresh()
              if (!view) props.onChoose(saved)
            }}
          />
        )}
      </Show>
      <Show when={deleting()} keyed>
        {(view) => (
          <Confirm
            title={words.deleteTheView(view.name)}
            action={words.deleteView}
            onClose={() => setDeleting(undefined)}
            onConfirm={async () => {
              await call.view.delete.mutate({ id: view.id, version: view.version })
              setDeleting(undefined)
              props.onChoose(undefined)
              await refresh()
            }}
          >
            {view.isShared ? words.entriesStayNobodyHas : words.entriesStay}
          </Confirm>
        )}
      </Show>
    </>
  )
}

/** The same for the same settings, whatever the order of their names. */
function textOf({ layout, columns, sort, order, groupBy, where = [] }: ViewSettings): string {
  const conditions = where.map(({ field, is, values = [] }) => [field, is, values])
  return JSON.stringify([layout, columns ?? null, sort ?? null, order ?? null, groupBy ?? null, conditions])
}
