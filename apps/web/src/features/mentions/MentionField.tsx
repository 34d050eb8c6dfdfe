import { TextField } from '@kobalte/core/text-field'
import { keepPreviousData, useQuery } from '@tanstack/solid-query'
import { createEffect, createSignal, createUniqueId, For, on, Show } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { failureOf } from '../../lib/failure.ts'
import { showToast } from '../../ui/toast.ts'
import { type MentionOffer, mentionOffers } from './mentionOffers.ts'
import * as words from './words.ts'

/** Where a mention is being typed. */
interface Typing {
  /** Where the @ is. */
  readonly start: number
  /** What was typed since. */
  readonly text: string
}

/** A long text in which @ offers entries to mention, and to create what does not exist yet. */
export function MentionField(props: {
  worldId: string
  label: string
  name: string
  value: string
  onChange: (value: string) => void
  rows: number
  /** Its look as part of a page, where its label is not shown. */
  inPlace?: string
  placeholder?: string
  hint?: string | undefined
  fault?: string | undefined
}) {
  const listId = createUniqueId()
  const [typing, setTyping] = createSignal<Typing>()
  const [active, setActive] = createSignal(0)
  let area: HTMLTextAreaElement | undefined
  const found = useQuery(() => ({
    ...trpc.search.suggest.queryOptions({ worldId: props.worldId, text: typing()?.text ?? '', limit: 6 }),
    enabled: typing() !== undefined,
    placeholderData: keepPreviousData,
  }))
  const offers = (): MentionOffer[] => {
    const typed = typing()
    if (!typed) return []
    const all = mentionOffers(props.worldId, typed.text, dataOf(found)?.items ?? [])
    // What is not found yet may be there.
    return found.isFetching ? all.slice(0, dataOf(found)?.items.length ?? 0) : all
  }
  createEffect(on(offers, (all) => active() >= all.length && setActive(0)))

  const look = () => {
    if (!area) return
    const before = area.value.slice(0, area.selectionStart)
    const match = /(?:^|[\s([{"“‘'>*_-])@([^@\n[\]()]{0,60})$/u.exec(before)
    // Code is not looked into: an odd number of backticks in the line opens some.
    const line = before.slice(before.lastIndexOf('\n') + 1)
    const isCode = (line.split('`').length - 1) % 2 === 1
    const text = match?.[1]
    setTyping(text === undefined || isCode ? undefined : { start: before.length - text.length - 1, text })
    setActive(0)
  }
  const choose = async (offer: MentionOffer | undefined) => {
    const typed = typing()
    if (!offer || !typed || !area) return
    setTyping(undefined)
    try {
      const written = `${await offer.take()} `
      const end = typed.start + 1 + typed.text.length
      const value = area.value.slice(0, typed.start) + written + area.value.slice(end).replace(/^ /, '')
      props.onChange(value)
      area.focus()
      const caret = typed.start + written.length
      queueMicrotask(() => area?.setSelectionRange(caret, caret))
    } catch (error) {
      showToast(failureOf(error).message)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const all = offers()
    if (!typing() || all.length === 0) return
    const steps: Partial<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }
    const step = steps[event.key]
    if (step) setActive((active() + step + all.length) % all.length)
    else if (event.key === 'Enter' || event.key === 'Tab') void choose(all[active()])
    else if (event.key === 'Escape') setTyping(undefined)
    else return
    event.preventDefault()
    // A surrounding dialog would close.
    event.stopPropagation()
  }
  const isOpen = () => typing() !== undefined && offers().length > 0
  return (
    <TextField
      class="grid gap-1.5"
      name={props.name}
      value={props.value}
      onChange={props.onChange}
      validationState={props.fault ? 'invalid' : 'valid'}
    >
      <TextField.Label class={props.inPlace ? 'sr-only' : 'text-sm font-medium'}>{props.label}</TextField.Label>
      <TextField.TextArea
        ref={(element: HTMLTextAreaElement) => {
          area = element
        }}
        class={
          props.inPlace ??
          'w-full resize-y rounded-xl border border-field bg-card px-3.5 py-2.5 text-base leading-relaxed text-ink placeholder:text-soft data-[invalid]:border-danger'
        }
        rows={props.rows}
        placeholder={props.placeholder}
        aria-autocomplete="list"
        aria-controls={isOpen() ? listId : undefined}
        aria-activedescendant={isOpen() ? `${listId}-${active()}` : undefined}
        onInput={look}
        onClick={look}
        onKeyDown={onKeyDown}
        onBlur={() => setTyping(undefined)}
      />
      <Show when={isOpen()}>
        <div
          id={listId}
          role="listbox"
          aria-label={words.entriesToMention}
          ref={(element) => requestAnimationFrame(() => element.scrollIntoView({ block: 'nearest' }))}
          class="max-h-64 scroll-mb-24 overflow-y-auto rounded-2xl border border-line bg-raised p-2 shadow-lifted"
        >
          <For each={offers()}>
            {(offer, index) => (
              <div
                id={`${listId}-${index()}`}
                role="option"
                tabIndex={-1}
                aria-selected={index() === active()}
                class="flex min-h-10 cursor-pointer items-center justify-between gap-3 rounded-lg px-3 py-2 text-sm aria-selected:bg-accent-wash"
                // Not a click: the text must keep the focus.
                onMouseDown={(event) => {
                  event.preventDefault()
                  void choose(offer)
                }}
              >
                <bdi>{offer.label}</bdi>
                <span class="shrink-0 text-xs text-soft">{offer.hint}</span>
              </div>
            )}
          </For>
        </div>
        <p class="sr-only" role="status">
          {words.suggestionCount(offers().length)}
        </p>
      </Show>
      <Show when={props.hint && !props.fault}>
        <TextField.Description class="text-sm text-soft">{props.hint}</TextField.Description>
      </Show>
      <TextField.ErrorMessage class="text-sm font-medium text-danger">{props.fault}</TextField.ErrorMessage>
    </TextField>
  )
}
