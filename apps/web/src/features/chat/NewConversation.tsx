import { useQuery } from '@tanstack/solid-query'
import Sparkles from 'lucide-solid/icons/sparkles'
import { createSignal, lazy, Show, Suspense } from 'solid-js'
import { call, trpc } from '../../lib/api.ts'
import { createAttempts } from '../../lib/attempts.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { Choice } from '../../ui/choice.tsx'
import { Alert } from '../../ui/notice.tsx'
import { Composer } from './Composer.tsx'
import { keepFirstMessage } from './firstMessage.ts'
import { UsageLine } from './UsageLine.tsx'
import * as words from './words.ts'

const EntityPicker = lazy(() => import('../records/EntityPicker.tsx'))

/** Starts a conversation: what it is about, and the first question. */
export function NewConversation(props: {
  /** The world it is about, if given. */
  world?: { readonly id: string; readonly displayName: string } | undefined
  onBegun: (id: string) => void
}) {
  const status = useQuery(() => trpc.chat.status.queryOptions())
  const worlds = useQuery(() => ({
    ...trpc.world.list.queryOptions({ limit: 200, sort: 'updatedAt' }),
    enabled: !props.world,
  }))
  const [chosen, setChosen] = createSignal<string>()
  const [sceneId, setSceneId] = createSignal<string | null>(null)
  const { attempt, isBusy, failure } = createAttempts()
  const options = () => (dataOf(worlds)?.items ?? []).map(({ id, displayName }) => [id, displayName] as const)
  const worldId = () => props.world?.id ?? chosen() ?? options()[0]?.[0] ?? ''
  const begin = (text: string, done: () => void) =>
    attempt(async () => {
      const { id } = await call.conversation.create.mutate({
        ...(worldId() && { worldId: worldId() }),
        ...(worldId() && sceneId() && { atSceneId: sceneId() ?? '' }),
      })
      keepFirstMessage(id, text)
      done()
      props.onBegun(id)
    })
  return (
    <div class="mx-auto flex w-full max-w-2xl grow flex-col justify-center gap-5 py-6">
      <div class="text-center">
        <Sparkles class="mx-auto size-10 text-accent" stroke-width={1.25} aria-hidden="true" />
        <h2 class="mt-4 text-2xl sm:text-3xl">{words.whatWouldYouLikeTo}</h2>
        <p class="mx-auto mt-2 max-w-prose leading-relaxed text-soft">{words.itLooksThingsUpIn}</p>
      </div>
      <Show when={!props.world && options().length > 0}>
        <div class="mx-auto w-full max-w-sm">
          <Choice
            label={words.about}
            value={worldId()}
            onChange={setChosen}
            options={[...options(), ['', words.noWorldOfMine] as const]}
          />
        </div>
      </Show>
      <Show when={worldId()}>
        <details class="mx-auto w-full max-w-sm">
          <summary class="cursor-pointer text-sm text-soft hover:text-ink">{words.asOfAScene}</summary>
          <div class="mt-3">
            <Suspense>
              <EntityPicker
                worldId={worldId()}
                kinds={['scene']}
                label={words.scene}
                hint={words.theAnswersKnowNothingOf}
                value={sceneId()}
                onChange={setSceneId}
              />
            </Suspense>
          </div>
        </details>
      </Show>
      <Show when={failure()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
      <Composer
        autofocus
        label={words.yourMessage}
        placeholder={worldId() ? words.askAboutTheWorld : words.askSomething}
        draft={`new:${props.world?.id ?? ''}`}
        longest={dataOf(status)?.longestMessage ?? Number.POSITIVE_INFINITY}
        isBusy={isBusy()}
        onSend={begin}
      />
      <UsageLine />
    </div>
  )
}
