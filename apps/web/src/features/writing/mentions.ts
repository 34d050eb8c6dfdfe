import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  closeCompletion,
  completionStatus,
} from '@codemirror/autocomplete'
import { type Extension, Prec } from '@codemirror/state'
import { Decoration, EditorView, keymap, MatchDecorator, ViewPlugin, WidgetType } from '@codemirror/view'
import { mentionPattern } from '@worldloom/schema/mentionText'
import { queryClient, trpc } from '../../lib/api.ts'
import { failureOf } from '../../lib/failure.ts'
import { showToast } from '../../ui/toast.ts'
import { imageFile } from '../images/imageUrl.ts'
import { type MentionOffer, mentionOffers } from '../mentions/mentionOffers.ts'

class Mention extends WidgetType {
  readonly label: string

  constructor(label: string) {
    super()
    this.label = label
  }

  override eq(other: Mention): boolean {
    return other.label === this.label
  }

  override toDOM(): HTMLElement {
    const element = document.createElement('span')
    element.className = 'cm-mention'
    element.textContent = this.label
    return element
  }
}

class ShownImage extends WidgetType {
  readonly id: string
  readonly label: string

  constructor(id: string, label: string) {
    super()
    this.id = id
    this.label = label
  }

  override eq(other: ShownImage): boolean {
    return other.id === this.id && other.label === this.label
  }

  override toDOM(view: EditorView): HTMLElement {
    const image = document.createElement('img')
    image.className = 'cm-shown-image'
    image.src = imageFile(this.id, 'large')
    image.alt = this.label
    // It is higher than the line that it takes the place of.
    image.addEventListener('load', () => view.requestMeasure())
    return image
  }
}

const decorator = new MatchDecorator({
  regexp: new RegExp(`!?${mentionPattern.source}`, 'gi'),
  decoration: ([all, , label = '', id = '']) => {
    const written = label.replaceAll(/\\(.)/g, '$1')
    const widget = all.startsWith('!') ? new ShownImage(id, written) : new Mention(written)
    return Decoration.replace({ widget })
  },
})

/** Mentions as the names that they show, which the caret passes in one step. */
const shown = ViewPlugin.define(
  (view) => ({
    decorations: decorator.createDeco(view),
    update(update) {
      this.decorations = decorator.updateDeco(update, this.decorations)
    },
  }),
  {
    decorations: ({ decorations }) => decorations,
    provide: (plugin) => EditorView.atomicRanges.of((view) => view.plugin(plugin)?.decorations ?? Decoration.none),
  },
)

function completionOf(offer: MentionOffer): Completion {
  return {
    label: offer.label,
    detail: offer.hint,
    apply: (view, _completion, from, to) => {
      const before = view.state.doc
      offer
        .take()
        .then((mention) => {
          // Somebody may have gone on typing while an entry was created.
          const isSame = view.state.doc.eq(before)
          const at = isSame
            ? { from, to }
            : { from: view.state.selection.main.head, to: view.state.selection.main.head }
          const insert = /^\s/.test(view.state.sliceDoc(at.to, at.to + 1)) ? mention : `${mention} `
          view.dispatch({
            changes: { ...at, insert },
            selection: { anchor: at.from + insert.length },
            userEvent: 'input.complete',
          })
        })
        .catch((error: unknown) => showToast(failureOf(error).message))
    },
  }
}

/** Offers entries after an @, and to create what does not exist yet. */
function offering(worldId: string) {
  return (context: CompletionContext): Promise<CompletionResult | null> | null => {
    const line = context.state.doc.lineAt(context.pos)
    const before = line.text.slice(0, context.pos - line.from)
    const typed = /(?:^|[\s([{"“‘'>*_-])@([^@\n[\]()]{0,60})$/u.exec(before)?.[1]
    // Code is not looked into: an odd number of backticks in the line opens some.
    if (typed === undefined || (before.split('`').length - 1) % 2 === 1) return null
    return suggest(context, typed)
  }
  async function suggest(context: CompletionContext, typed: string): Promise<CompletionResult | null> {
    const { items } = await queryClient.fetchQuery(trpc.search.suggest.queryOptions({ worldId, text: typed, limit: 6 }))
    if (context.aborted) return null
    const from = context.pos - typed.length - 1
    return { from, options: mentionOffers(worldId, typed, items).map(completionOf), filter: false }
  }
}

/** Escape closes a list that is shown. One that may still come, as after every key, must not take it from the page. */
const leaveWhatIsNotShown = Prec.highest(
  keymap.of([
    {
      key: 'Escape',
      run: (view) => {
        if (completionStatus(view.state) === 'pending') closeCompletion(view)
        return false
      },
    },
  ]),
)

export function mentions(worldId: string): Extension {
  return [
    shown,
    leaveWhatIsNotShown,
    autocompletion({ override: [offering(worldId)], icons: false, activateOnTypingDelay: 80, maxRenderedOptions: 12 }),
  ]
}
