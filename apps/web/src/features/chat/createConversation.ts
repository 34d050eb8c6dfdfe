import { readError } from '@worldloom/client'
import { createSignal, onCleanup, onMount } from 'solid-js'
import { createStore, produce } from 'solid-js/store'
import { call, queryClient, trpc } from '../../lib/api.ts'
import { failureOf } from '../../lib/failure.ts'
import { applyEvent, type ChatEvent, type ConversationState, mergeConversation } from './conversationState.ts'
import { refreshConversations } from './refreshConversations.ts'

/** Milliseconds before it is tried again to watch, and at most. */
const firstWait = 500
const longestWait = 15_000

/**
 * A conversation as it goes on: reads it, watches it for as long as its owner lives, also over lost connections, and
 * says what can be done in it.
 */
export function createConversation(id: string) {
  const [state, setState] = createStore<ConversationState>({
    title: '',
    world: null,
    headId: null,
    messages: [],
    proposals: [],
  })
  const [status, setStatus] = createSignal<'loading' | 'ready' | 'missing' | 'failed'>('loading')
  /** Why the last thing that was tried did not work. */
  const [failure, setFailure] = createSignal<string>()
  const [isConnected, setConnected] = createSignal(true)
  const [isSending, setSending] = createSignal(false)
  const ended = new AbortController()
  onCleanup(() => ended.abort())

  /** For each reading that is on its way, what happened since: what was read may be from before. */
  const readings = new Set<ChatEvent[]>()
  const read = async () => {
    const since: ChatEvent[] = []
    readings.add(since)
    try {
      const conversation = await call.conversation.byId.query({ id }, { signal: ended.signal })
      setState(produce((draft) => mergeConversation(draft, conversation, since)))
      if (status() === 'failed') setFailure(undefined)
      setStatus('ready')
    } finally {
      readings.delete(since)
    }
  }
  const take = (event: ChatEvent) => {
    for (const since of readings) since.push(event)
    let isWhole = true
    setState(
      produce((draft) => {
        isWhole = applyEvent(draft, event)
      }),
    )
    // Until it was read for the first time there is nothing for it to go on from.
    if (!isWhole && status() === 'ready') void read().catch(() => undefined)
    if (event.type === 'title') void refreshConversations()
  }
  const running = () => state.messages.find((message) => message.status === 'streaming')

  /** Reads it while what happens is heard already, so that nothing falls in between. @throws where either breaks off */
  const follow = async (onConnected: () => void) => {
    const attempt = new AbortController()
    const answer = running()
    const events = await call.chat.watch.query(
      { conversationId: id, ...(answer && { after: { messageId: answer.id, seq: answer.seq } }) },
      { signal: AbortSignal.any([ended.signal, attempt.signal]) },
    )
    onConnected()
    const reading = read()
    reading.catch(() => attempt.abort())
    try {
      for await (const event of events) take(event)
    } finally {
      await reading
    }
  }
  const watch = async () => {
    for (let wait = firstWait; !ended.signal.aborted; ) {
      try {
        await follow(() => {
          setConnected(true)
          wait = firstWait
        })
      } catch (error) {
        if (ended.signal.aborted) return
        const kind = readError(error).reason?.kind
        if (kind === 'notFound' || kind === 'badInput') return void setStatus('missing')
        if (kind === 'notSignedIn') return void queryClient.invalidateQueries(trpc.me.pathFilter())
        // It may be read where it cannot be watched.
        if (status() !== 'ready') {
          await read().catch((reason) => {
            setStatus('failed')
            setFailure(failureOf(reason).message)
          })
        }
        setConnected(false)
      }
      await new Promise((resolve) => setTimeout(resolve, wait))
      wait = Math.min(wait * 2, longestWait)
    }
  }
  onMount(() => void watch())

  /** @returns whether it was taken: what was typed may go then */
  const begin = async (start: () => Promise<AsyncIterable<ChatEvent>>): Promise<boolean> => {
    setFailure(undefined)
    setSending(true)
    let isTaken = false
    try {
      for await (const event of await start()) {
        isTaken = true
        take(event)
        // What follows comes by watching as well, and whoever wants to write may.
        setSending(false)
      }
    } catch (error) {
      if (!isTaken && !ended.signal.aborted) setFailure(failureOf(error).message)
    } finally {
      setSending(false)
      void refreshConversations()
      void queryClient.invalidateQueries(trpc.chat.status.queryFilter())
    }
    return isTaken
  }
  const options = { signal: ended.signal }

  return {
    id,
    state,
    status,
    failure,
    isConnected,
    /** Until the server has taken what was sent. */
    isSending,
    running,
    /** Resolves once the answer has ended. @param onTaken when the server has it */
    send: (text: string, onTaken: () => void) =>
      begin(async () => {
        const events = await call.chat.send.mutate({ conversationId: id, text, parentId: state.headId }, options)
        onTaken()
        return events
      }),
    retry: (messageId: string) => begin(() => call.chat.retry.mutate({ messageId }, options)),
    edit: (messageId: string, text: string) => begin(() => call.chat.edit.mutate({ messageId, text }, options)),
    stop: async () => {
      const answer = running()
      if (answer)
        await call.chat.stop.mutate({ messageId: answer.id }).catch((error) => setFailure(failureOf(error).message))
    },
    /** Goes over to the branch of another question or answer. */
    show: async (messageId: string) => {
      try {
        const { headId } = await call.conversation.show.mutate({ id, messageId })
        setState('headId', headId)
      } catch (error) {
        setFailure(failureOf(error).message)
      }
    },
    decided: (proposal: ConversationState['proposals'][number]) => take({ type: 'proposal', proposal }),
  }
}

export type OpenConversation = ReturnType<typeof createConversation>
