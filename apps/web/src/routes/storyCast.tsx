import { useQuery } from '@tanstack/solid-query'
import { useParams } from '@tanstack/solid-router'
import { createMemo, For, Show } from 'solid-js'
import { EntityLink } from '../features/entities/EntityLink.tsx'
import { StoryViews } from '../features/outline/StoryViews.tsx'
import * as words from '../features/outline/words.ts'
import { useWorld } from '../features/worlds/worldContext.ts'
import { trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Notice } from '../ui/notice.tsx'
import { Waiting } from '../ui/panel.tsx'

/** Who is in which scene of a story: scenes in their order, personas by how often they appear. */
export default function StoryCast() {
  const params = useParams({ from: '/signed-in/world/worlds/$worldId/stories/$entityId/cast' })
  const world = useWorld()
  const outline = useQuery(() => trpc.story.outline.queryOptions({ id: params().entityId }))
  const acts = () => dataOf(outline)?.acts.filter(({ scenes }) => scenes.length > 0) ?? []
  const scenes = createMemo(() => acts().flatMap((act) => act.scenes))
  const personas = createMemo(() => {
    const found = new Map<string, { readonly id: string; readonly displayName: string; readonly scenes: Set<string> }>()
    for (const scene of scenes()) {
      for (const { id, displayName } of scene.cast) {
        const known = found.get(id) ?? { id, displayName, scenes: new Set<string>() }
        known.scenes.add(scene.id)
        found.set(id, known)
      }
    }
    return [...found.values()].sort((one, other) => other.scenes.size - one.scenes.size)
  })
  const name = () => dataOf(outline)?.displayName ?? ''
  usePageTitle(() => `${name() || words.aStory} · ${world().displayName}`)
  return (
    <Loaded query={outline} what={words.theStory} waiting={<Waiting lines={8} />}>
      {(found) => (
        <>
          <p class="text-sm text-soft">{words.whoIsInWhichScene}</p>
          <h1 class="mt-1 text-3xl sm:text-4xl">
            <bdi>{found().displayName}</bdi>
          </h1>
          <div class="mt-4">
            <StoryViews worldId={world().id} storyId={params().entityId} view="cast" />
          </div>
          <Show
            when={personas().length > 0}
            fallback={
              <Notice title={words.nobodyIsInAScene}>
                <p>{words.openASceneAndAdd}</p>
              </Notice>
            }
          >
            <section
              class="relative mt-6 overflow-x-auto rounded-3xl border border-line bg-card shadow-card"
              aria-label={words.castOf(name())}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
              tabIndex={0}
            >
              <table class="border-collapse text-sm">
                <thead>
                  <tr>
                    <td class="sticky left-0 z-10 bg-card" />
                    <For each={acts()}>
                      {(act) => (
                        <th
                          colSpan={act.scenes.length}
                          scope="colgroup"
                          class="border-l border-line px-3 pt-3 pb-1 text-left font-display font-semibold whitespace-nowrap"
                        >
                          {act.displayName}
                        </th>
                      )}
                    </For>
                  </tr>
                  <tr class="align-bottom">
                    <th
                      scope="col"
                      class="sticky left-0 z-10 min-w-36 bg-card px-4 pb-2 text-left text-xs font-medium text-soft"
                    >
                      {words.persona}
                    </th>
                    <For each={acts()}>
                      {(act) => (
                        <For each={act.scenes}>
                          {(scene, index) => (
                            <th
                              scope="col"
                              class="h-36 px-1 pb-2 text-left font-normal"
                              classList={{ 'border-l border-line': index() === 0 }}
                            >
                              <span class="block max-h-34 rotate-180 overflow-hidden leading-tight text-ellipsis whitespace-nowrap [writing-mode:vertical-rl]">
                                <EntityLink
                                  worldId={world().id}
                                  kind="scene"
                                  id={scene.id}
                                  name={scene.displayName}
                                  class="hover:text-accent"
                                />
                              </span>
                            </th>
                          )}
                        </For>
                      )}
                    </For>
                    <th scope="col" class="border-l border-line px-3 pb-2 text-xs font-medium text-soft">
                      {words.scenes}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  <For each={personas()}>
                    {(persona) => (
                      <tr class="border-t border-line hover:bg-sunk">
                        <th
                          scope="row"
                          class="sticky left-0 z-10 max-w-44 truncate bg-card px-4 py-2 text-left font-medium"
                        >
                          <EntityLink
                            worldId={world().id}
                            kind="persona"
                            id={persona.id}
                            name={persona.displayName}
                            class="hover:text-accent"
                          />
                        </th>
                        <For each={acts()}>
                          {(act) => (
                            <For each={act.scenes}>
                              {(scene, index) => (
                                <td
                                  class="min-w-9 px-1 text-center"
                                  classList={{ 'border-l border-line': index() === 0 }}
                                >
                                  <Show when={persona.scenes.has(scene.id)}>
                                    <span
                                      class="inline-block size-3.5 rounded-full bg-accent align-middle"
                                      title={`${persona.displayName}: ${scene.displayName}`}
                                    />
                                    <span class="sr-only">{words.isInIt}</span>
                                  </Show>
                                </td>
                              )}
                            </For>
                          )}
                        </For>
                        <td class="border-l border-line px-3 text-center text-soft tabular-nums">
                          {persona.scenes.size}
                        </td>
                      </tr>
                    )}
                  </For>
                </tbody>
              </table>
            </section>
          </Show>
        </>
      )}
    </Loaded>
  )
}
