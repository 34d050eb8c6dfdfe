import { useQuery } from '@tanstack/solid-query'
import { lazy, Show, Suspense } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { Waiting } from '../../ui/panel.tsx'
import * as words from './words.ts'

const Plot = lazy(() => import('../pictures/Plot.tsx'))

/** How the stories of a world have grown, in words. */
export default function Progress(props: { worldId: string }) {
  const progress = useQuery(() => trpc.world.progress.queryOptions({ id: props.worldId }))
  const series = () => {
    const { days = [], stories = [] } = dataOf(progress) ?? {}
    return { days, lines: stories.map(({ displayName, counts }) => ({ name: displayName, counts })) }
  }
  const total = () => dataOf(progress)?.stories.reduce((sum, story) => sum + story.words, 0) ?? 0
  return (
    <Show when={total() > 0}>
      <div class="mt-10">
        <Suspense fallback={<Waiting lines={5} />}>
          <Plot title={words.wordsOfTheStories} hint={words.wordsInScenes(total())} as="line" series={series()} />
        </Suspense>
      </div>
    </Show>
  )
}
