import { readError } from '@worldloom/client'
import { createSignal, onCleanup, onMount } from 'solid-js'
import { createStore, produce } from 'solid-js/store'
import { call, queryClient, trpc } from '../../lib/api.ts'
import { failureOf } from '../../lib/failure.ts'
import { applyEvent, type ChatEvent, type ConversationState, mergeConversation } from './conversationState.ts'
import { refreshConversations } from './refreshConversations.ts'

/** The initial and longest delay before reconnecting, in milliseconds. */
const firstWait = 500
const longestWait = 15_000

/**
 * A live conversation: fetches it, watches it for as long as its owner exists, reconnecting if necessary, and offers
 * its actions.
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
  /** Why the last action failed. */
  const [failure, setFailure] = createSignal<string>()
  const [isConnected, setConnected] = createSignal(true)
  const [isSending, setSending] = createSignal(false)
  const ended = new AbortController()
  onCleanup(() => ended.abort())

  /** The events received since each fetch in progress began, as its result may be older. */
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
    // There is nothing to apply events to until the first fetch.
    if (!isWhole && status() === 'ready') void read().catch(() => undefined)
    if (event.type === 'title') void refreshConversations()
  }
  const running = () => state.messages.find((message) => message.status === 'streaming')

  /** Fetches it while events are already being received, so that none is missed. @throws if either fails */
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
        // It can be fetched even if it can't be watched.
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

  /** @returns whether it was accepted, so that the draft can be cleared */
  const begin = async (start: () => Promise<AsyncIterable<ChatEvent>>): Promise<boolean> => {
    setFailure(undefined)
    setSending(true)
    let isTaken = false
    try {
      for await (const event of await start()) {
        isTaken = true
        take(event)
        // The rest arrives by watching as well, and the person can go on writing.
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
    /** True until the server has accepted what was sent. */
    isSending,
    running,
    /** Resolves when the answer has ended. @param onTaken called when the server has accepted it */
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
    /** Switches to the branch of another question or answer. */
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
