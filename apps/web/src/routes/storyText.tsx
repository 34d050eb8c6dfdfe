import { useQuery } from '@tanstack/solid-query'
import { Link, useParams } from '@tanstack/solid-router'
import Printer from 'lucide-solid/icons/printer'
import { createMemo, For, Match, Show, Switch } from 'solid-js'
import { createStore } from 'solid-js/store'
import { SceneText } from '../features/outline/SceneText.tsx'
import { StoryViews } from '../features/outline/StoryViews.tsx'
import * as words from '../features/outline/words.ts'
import { useWorld } from '../features/worlds/worldContext.ts'
import { trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { failureOf } from '../lib/failure.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Waiting } from '../ui/panel.tsx'
import * as common from '../ui/words.ts'

/** A story from its first scene to its last, to read and to write. */
export default function StoryText() {
  const params = useParams({ from: '/signed-in/world/worlds/$worldId/stories/$entityId/text' })
  const world = useWorld()
  // What stays the same keeps its place, and so the text that is being written in it.
  const outline = useQuery(() => ({ ...trpc.story.outline.queryOptions({ id: params().entityId }), reconcile: 'id' }))
  const [wordCounts, setWords] = createStore<Record<string, number>>({})
  /** Whether the texts that are seen first have come: one by one they would push each other down. */
  const isThere = createMemo((wasThere: boolean) => {
    const scenes = dataOf(outline)?.acts.flatMap((act) => act.scenes)
    return wasThere || (scenes?.slice(0, 4).every(({ id }) => wordCounts[id] !== undefined) ?? false)
  }, false)
  const total = () => Object.values(wordCounts).reduce((sum, count) => sum + count, 0)
  usePageTitle(() => `${dataOf(outline)?.displayName ?? words.aStory} · ${world().displayName}`)
  return (
    <Switch>
      <Match when={dataOf(outline)}>
        {(story) => (
          <article class="mx-auto max-w-3xl">
            <header class="border-b border-line pb-6">
              <h1 class="text-4xl leading-tight sm:text-5xl">
                <bdi>{story().displayName}</bdi>
              </h1>
              <div class="mt-4">
                <StoryViews worldId={world().id} storyId={params().entityId} view="text" />
              </div>
              <div class="mt-2 flex flex-wrap items-center gap-3 print:hidden">
                <Button look="quiet" onClick={() => window.print()}>
                  <Printer class="size-4" aria-hidden="true" />
                  {words.print}
                </Button>
                <p class="ml-auto text-sm text-soft tabular-nums">{words.wordCount(total())}</p>
              </div>
            </header>
            <Show when={!isThere()}>
              <div class="mt-14">
                <Waiting lines={8} />
              </div>
            </Show>
            <div classList={{ 'invisible h-0 overflow-hidden': !isThere() }}>
              <For
                each={story().acts}
                fallback={
                  <Notice title={words.thisStoryHasNoActs}>
                    <p>{words.addActsAndScenesIn}</p>
                  </Notice>
                }
              >
                {(act) => (
                  <section aria-labelledby={`act-${act.id}`}>
                    <h2 id={`act-${act.id}`} class="mt-14 text-center text-2xl">
                      {act.displayName}
                    </h2>
                    <For each={act.scenes} fallback={<p class="mt-6 text-center text-soft">{words.noScenesYet}</p>}>
                      {(scene) => (
                        <SceneText worldId={world().id} scene={scene} onWords={(id, count) => setWords(id, count)} />
                      )}
                    </For>
                  </section>
                )}
              </For>
            </div>
          </article>
        )}
      </Match>
      <Match when={outline.isPending}>
        <Waiting lines={8} />
      </Match>
      <Match when={outline.isError}>
        <Notice
          title={words.theStoryDidNotArrive}
          actions={
            <Show
              when={failureOf(outline.error).reason?.kind === 'notFound'}
              fallback={<Button onClick={() => outline.refetch()}>{common.tryAgain}</Button>}
            >
              <Link
                to={pagePaths.entities}
                params={{ worldId: world().id, plural: 'stories' }}
                class={buttonClass('primary')}
              >
                {words.toTheStories}
              </Link>
            </Show>
          }
        >
          <p>{failureOf(outline.error).message}</p>
        </Notice>
      </Match>
    </Switch>
  )
}
