import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { markdown, markdownKeymap, markdownLanguage } from '@codemirror/lang-markdown'
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from '@codemirror/search'
import { Annotation, EditorState } from '@codemirror/state'
import { EditorView, keymap, placeholder } from '@codemirror/view'
import Bold from 'lucide-solid/icons/bold'
import Heading from 'lucide-solid/icons/heading'
import Italic from 'lucide-solid/icons/italic'
import List from 'lucide-solid/icons/list'
import Maximize from 'lucide-solid/icons/maximize-2'
import Minimize from 'lucide-solid/icons/minimize-2'
import Quote from 'lucide-solid/icons/quote'
import SearchIcon from 'lucide-solid/icons/search'
import Table from 'lucide-solid/icons/table'
import { createEffect, createSignal, type JSX, on, onCleanup, onMount, Show } from 'solid-js'
import * as common from '../../ui/words.ts'
import { insertTable, toggleLines, toggleMark } from './commands.ts'
import { countWords } from './countWords.ts'
import { look } from './look.ts'
import { mentions } from './mentions.ts'
import { pastedImages } from './pastedImages.ts'
import * as words from './words.ts'

/** A text so long that it is not read out at every key. */
const long = 50_000
const outside = Annotation.define<boolean>()

/**
 * Edits Markdown as it is stored, character by character, and shows it nearly as it will look. Mentions by @, images by paste
 * and drop, find and replace, the number of words, and a view with nothing else.
 */
export default function MarkdownEditor(props: {
  label: string
  value: string
  onChange: (value: string) => void
  worldId: string
  placeholder?: string
  /** Where the caret begins; without it the text does not take the focus. */
  caret?: number | undefined
  onFocus?: () => void
}) {
  const [isAlone, setAlone] = createSignal(false)
  const [wordCount, setWordCount] = createSignal(countWords(props.value))
  // Made by the document, as elements of a template belong to none until they are shown, and styles need one.
  const host = document.createElement('div')
  host.dir = 'auto'
  let view: EditorView | undefined
  let known = props.value
  let tellTimer: ReturnType<typeof setTimeout> | undefined
  let countTimer: ReturnType<typeof setTimeout> | undefined

  const tell = () => {
    clearTimeout(tellTimer)
    tellTimer = undefined
    if (!view) return
    const text = view.state.doc.toString()
    if (text === known) return
    known = text
    props.onChange(text)
  }
  const changed = (isOutside: boolean) => {
    clearTimeout(countTimer)
    countTimer = setTimeout(() => view && setWordCount(countWords(view.state.doc.toString())), 400)
    if (isOutside) return
    const length = view?.state.doc.length ?? 0
    if (length < long) tell()
    else tellTimer ??= setTimeout(tell, Math.max(250, length / 700))
  }

  /** What is around it may not be shown yet. */
  const focusOnceShown = () => {
    if (!view) return
    if (!host.isConnected) {
      requestAnimationFrame(focusOnceShown)
      return
    }
    view.focus()
    view.dispatch({ effects: EditorView.scrollIntoView(view.state.selection.main, { y: 'center' }) })
  }

  onMount(() => {
    // In a shadow root its style sheets are constructed, which the content security policy allows; style elements it does not.
    const root = host.attachShadow({ mode: 'open' })
    const parent = document.createElement('div')
    root.append(parent)
    const caret = props.caret
    view = new EditorView({
      root,
      parent,
      state: EditorState.create({
        doc: props.value,
        ...(caret !== undefined && { selection: { anchor: Math.min(caret, props.value.length) } }),
        extensions: [
          // Caret and selection are the browser's own: drawn by the editor they took most of the time of a key.
          history(),
          markdown({ base: markdownLanguage, completeHTMLTags: false }),
          EditorView.lineWrapping,
          EditorView.perLineTextDirection.of(true),
          EditorView.contentAttributes.of({
            'aria-label': props.label,
            spellcheck: 'true',
            autocapitalize: 'sentences',
          }),
          placeholder(props.placeholder ?? ''),
          search({ top: true }),
          highlightSelectionMatches(),
          mentions(props.worldId),
          pastedImages(props.worldId),
          look,
          keymap.of([
            { key: 'Mod-b', run: toggleMark('**') },
            { key: 'Mod-i', run: toggleMark('*') },
            { key: 'Mod-Shift-f', run: () => setAlone((alone) => !alone) !== undefined },
            ...markdownKeymap,
            ...searchKeymap,
            ...historyKeymap,
            // Tab leaves the text, as everywhere else on the page.
            ...defaultKeymap,
          ]),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return
            changed(update.transactions.some((transaction) => transaction.annotation(outside)))
          }),
          EditorView.domEventHandlers({
            focus: () => props.onFocus?.(),
            blur: () => tell(),
          }),
        ],
      }),
    })
    if (caret !== undefined) focusOnceShown()
  })
  // What others wrote is put in where it belongs, so that the caret stays where it is.
  createEffect(
    on(
      () => props.value,
      (value) => {
        if (!view || value === known) return
        known = value
        const now = view.state.doc.toString()
        const [from, fromEnd] = sameEnds(now, value)
        view.dispatch({
          changes: { from, to: now.length - fromEnd, insert: value.slice(from, value.length - fromEnd) },
          annotations: outside.of(true),
        })
      },
      { defer: true },
    ),
  )
  addEventListener('pagehide', tell)
  onCleanup(() => {
    removeEventListener('pagehide', tell)
    tell()
    clearTimeout(countTimer)
    view?.destroy()
    view = undefined
  })
  // The page behind does not scroll.
  createEffect(() => {
    if (!isAlone()) return
    document.documentElement.style.overflow = 'hidden'
    onCleanup(() => {
      document.documentElement.style.overflow = ''
    })
  })
  const run = (command: (view: EditorView) => unknown) => {
    if (!view) return
    command(view)
    view.focus()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape ends what its button ends as well
    <div
      classList={{
        'fixed inset-0 z-40 overflow-y-auto bg-page px-6 pb-[40dvh]': isAlone(),
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || !isAlone()) return
        // The page goes on being written.
        event.preventDefault()
        setAlone(false)
        view?.focus()
      }}
    >
      <div
        class="sticky z-10 mb-4 flex flex-wrap items-center border-b sm:gap-1 border-line bg-page/95 py-1.5 backdrop-blur"
        classList={{ 'top-16': !isAlone(), 'top-0 mx-auto max-w-3xl': isAlone() }}
        role="toolbar"
        aria-label={words.formattingOf(props.label)}
        onKeyDown={moveInToolbar}
      >
        <Tool label={words.bold} keys="Control+B Meta+B" onClick={() => run(toggleMark('**'))}>
          <Bold class="size-4" aria-hidden="true" />
        </Tool>
        <Tool label={words.italic} keys="Control+I Meta+I" onClick={() => run(toggleMark('*'))}>
          <Italic class="size-4" aria-hidden="true" />
        </Tool>
        <Tool label={words.heading} onClick={() => run(toggleLines('## '))}>
          <Heading class="size-4" aria-hidden="true" />
        </Tool>
        <Tool label={common.list} onClick={() => run(toggleLines('- '))}>
          <List class="size-4" aria-hidden="true" />
        </Tool>
        <Tool label={words.quote} onClick={() => run(toggleLines('> '))}>
          <Quote class="size-4" aria-hidden="true" />
        </Tool>
        <Tool label={common.table} onClick={() => run(insertTable)}>
          <Table class="size-4" aria-hidden="true" />
        </Tool>
        <span class="ml-auto px-1 text-xs text-soft tabular-nums">{words.wordCount(wordCount())}</span>
        <Tool label={words.findAndReplace} keys="Control+F Meta+F" onClick={() => view && openSearchPanel(view)}>
          <SearchIcon class="size-4" aria-hidden="true" />
        </Tool>
        <Tool
          label={isAlone() ? words.backToThePage : words.onlyTheText}
          keys="Control+Shift+F Meta+Shift+F"
          onClick={() => {
            setAlone((alone) => !alone)
            view?.focus()
          }}
        >
          <Show when={isAlone()} fallback={<Maximize class="size-4" aria-hidden="true" />}>
            <Minimize class="size-4" aria-hidden="true" />
          </Show>
        </Tool>
      </div>
      <div classList={{ 'mx-auto max-w-3xl pt-4 text-lg': isAlone() }}>{host}</div>
    </div>
  )
}

/** The arrow keys move between the buttons of a toolbar: https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/ */
function moveInToolbar(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
  if (step === 0) return
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const at = buttons.findIndex((button) => button.matches(':focus'))
  buttons.at((at + step) % buttons.length)?.focus()
  event.preventDefault()
}

function Tool(props: { label: string; keys?: string; onClick: () => void; children: JSX.Element }) {
  return (
    <button
      type="button"
      class="grid size-9 place-items-center rounded-lg text-soft hover:bg-sunk hover:text-ink"
      aria-label={props.label}
      title={props.label}
      aria-keyshortcuts={props.keys}
      // The text keeps its selection.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => props.onClick()}
    >
      {props.children}
    </button>
  )
}

/** How many characters two texts share at their beginning, and after these at their end. */
function sameEnds(one: string, other: string): [number, number] {
  const most = Math.min(one.length, other.length)
  let start = 0
  while (start < most && one[start] === other[start]) start++
  let end = 0
  while (end < most - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end++
  return [start, end]
}
