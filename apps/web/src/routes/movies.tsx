import { keepPreviousData, useInfiniteQuery } from '@tanstack/solid-query'
import { useNavigate, useSearch } from '@tanstack/solid-router'
import Film from 'lucide-solid/icons/film'
import Star from 'lucide-solid/icons/star'
import { createMemo, For } from 'solid-js'
import * as words from '../features/movies/words.ts'
import { trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Notice } from '../ui/notice.tsx'
import { PagedList } from '../ui/pagedList.tsx'
import * as common from '../ui/words.ts'

const decades = Array.from({ length: 10 }, (_, index) => 2020 - index * 10)
const ratings = [9, 8.5, 8, 7]

/** The worked example of a service: docs/adding-a-service.md. */
export default function Movies() {
  usePageTitle(() => words.movies)
  const search = useSearch({ from: '/signed-in/movies' })
  const navigate = useNavigate({ from: pagePaths.movies })
  const movies = useInfiniteQuery(() => ({
    ...trpc.movies.list.infiniteQueryOptions(
      {
        limit: 50,
        ...(search().since && { releasedSince: search().since }),
        ...(search().rating && { minRating: search().rating }),
      },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    placeholderData: keepPreviousData,
  }))
  const items = createMemo(() => dataOf(movies)?.pages.flatMap((page) => page.items) ?? [])
  const change = (name: 'since' | 'rating', value: string) =>
    navigate({ search: (old) => ({ ...old, [name]: value ? Number(value) : undefined }), replace: true })
  return (
    <>
      <h1 class="text-4xl">{words.movies}</h1>
      <search class="mt-6 flex flex-wrap gap-3">
        <Choice
          compact
          label={words.released}
          value={String(search().since ?? '')}
          onChange={(since) => change('since', since)}
          options={[['', words.anyYear], ...decades.map((year) => [String(year), words.since(year)] as const)]}
        />
        <Choice
          compact
          label={words.rating}
          value={String(search().rating ?? '')}
          onChange={(rating) => change('rating', rating)}
          options={[
            ['', words.anyRating],
            ...ratings.map((rating) => [String(rating), words.ratedAtLeast(rating)] as const),
          ]}
        />
      </search>
      <PagedList
        query={movies}
        count={items().length}
        what={words.theMovies}
        empty={
          <Notice
            art={<Film class="size-14 text-accent" stroke-width={1.1} aria-hidden="true" />}
            title={words.noSuchMovie}
            actions={<Button onClick={() => navigate({ search: {} })}>{common.showAll}</Button>}
          >
            <p>{words.noMoviesMatch}</p>
          </Notice>
        }
      >
        <ul class="divide-y divide-line rounded-3xl border border-line bg-card px-5 shadow-card">
          <For each={items()}>
            {(movie) => (
              <li class="flex items-baseline justify-between gap-4 py-3.5">
                <p class="min-w-0">
                  <bdi class="font-display text-lg font-semibold">{movie.title}</bdi>{' '}
                  <time class="text-sm text-soft" dateTime={movie.released}>
                    {movie.released.slice(0, 4)}
                  </time>
                </p>
                <p class="inline-flex shrink-0 items-center gap-1.5 tabular-nums">
                  <Star class="size-4 text-accent" aria-hidden="true" />
                  <span class="sr-only">{words.rated}</span>
                  {movie.rating.toFixed(1)}
                </p>
              </li>
            )}
          </For>
        </ul>
      </PagedList>
    </>
  )
}
