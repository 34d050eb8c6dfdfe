import { HighlightStyle, syntaxHighlighting, syntaxTree } from '@codemirror/language'
import { type Extension, RangeSetBuilder } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const display = '"Fraunces Variable", Georgia, serif'
const code = 'ui-monospace, "SF Mono", Menlo, Consolas, monospace'

/** The page's own look. The editor is in a shadow root, where the app's style sheet has no effect but its variables do. */
const theme = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: '1.75' },
  '.cm-content': { padding: '0', caretColor: 'var(--accent)', maxWidth: '68ch' },
  '.cm-line': { padding: '0' },
  '.cm-line::selection, .cm-line ::selection': {
    background: 'color-mix(in srgb, var(--accent) 28%, transparent)',
  },
  '.cm-placeholder': { color: 'var(--soft)', fontStyle: 'italic' },
  '.cm-quote': { borderInlineStart: '3px solid var(--accent)', paddingInlineStart: '1.1em' },
  '.cm-code': { fontFamily: code, fontSize: '0.9em', backgroundColor: 'var(--sunk)', padding: '0 0.5em' },
  '.cm-mention': {
    color: 'var(--accent)',
    textDecoration: 'underline',
    textDecorationColor: 'color-mix(in srgb, var(--accent) 40%, transparent)',
    textUnderlineOffset: '0.2em',
  },
  '.cm-shown-image': {
    display: 'block',
    maxWidth: '100%',
    maxHeight: '24rem',
    borderRadius: '12px',
    margin: '0.4em 0',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--line)',
    borderRadius: '14px',
    boxShadow: '0 24px 48px -16px var(--shadow-strong)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'inherit',
    fontSize: '0.875rem',
    maxHeight: '16rem',
    padding: '6px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '8px 10px', borderRadius: '8px', lineHeight: '1.4' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent-wash)',
    color: 'var(--ink)',
  },
  '.cm-completionDetail': { fontStyle: 'normal', color: 'var(--soft)', marginInlineStart: '1em', fontSize: '0.75rem' },
  '.cm-panels': {
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    border: '1px solid var(--line)',
    borderRadius: '14px',
    marginBottom: '1rem',
    zIndex: '5',
  },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: '10px 40px 10px 12px', fontSize: '0.875rem', fontFamily: 'inherit' },
  '.cm-panel.cm-search label': { fontSize: '0.8125rem', display: 'inline-flex', alignItems: 'center', gap: '4px' },
  '.cm-panel.cm-search [name=close]': {
    fontSize: '1.25rem',
    padding: '4px 12px',
    color: 'var(--soft)',
    cursor: 'pointer',
  },
  '.cm-textfield': {
    backgroundColor: 'var(--card)',
    color: 'var(--ink)',
    border: '1px solid var(--field)',
    borderRadius: '8px',
    padding: '5px 8px',
    fontSize: '0.875rem',
  },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--card)',
    color: 'var(--ink)',
    border: '1px solid var(--line)',
    borderRadius: '999px',
    padding: '5px 12px',
    cursor: 'pointer',
  },
  '.cm-searchMatch': { backgroundColor: 'color-mix(in srgb, var(--accent) 22%, transparent)', borderRadius: '3px' },
  '.cm-searchMatch.cm-searchMatch-selected': { backgroundColor: 'color-mix(in srgb, var(--accent) 50%, transparent)' },
  'button:focus-visible, input:focus-visible': { outline: '3px solid var(--accent)', outlineOffset: '2px' },
})

/** Markdown as it will look, with its marks still there but paler. */
const highlighting = HighlightStyle.define([
  { tag: tags.heading1, fontFamily: display, fontWeight: '600', fontSize: '1.75rem', lineHeight: '1.3' },
  { tag: tags.heading2, fontFamily: display, fontWeight: '600', fontSize: '1.375rem', lineHeight: '1.4' },
  { tag: tags.heading, fontFamily: display, fontWeight: '600', fontSize: '1.125rem' },
  { tag: tags.strong, fontWeight: '700' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: tags.quote, fontStyle: 'italic', color: 'var(--soft)' },
  { tag: tags.link, color: 'var(--accent)' },
  { tag: tags.url, color: 'var(--soft)' },
  { tag: tags.monospace, fontFamily: code, fontSize: '0.9em' },
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.labelName], color: 'var(--soft)', fontWeight: '400' },
])

const lineClasses: Readonly<Record<string, Decoration>> = {
  Blockquote: Decoration.line({ class: 'cm-quote' }),
  FencedCode: Decoration.line({ class: 'cm-code' }),
  CodeBlock: Decoration.line({ class: 'cm-code' }),
  Table: Decoration.line({ class: 'cm-code' }),
}

/** Whole lines that look different: quotes, code and tables. */
const lines = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet

    constructor(view: EditorView) {
      this.decorations = linesIn(view)
    }

    update({ view, docChanged, viewportChanged, startState, state }: ViewUpdate) {
      if (docChanged || viewportChanged || syntaxTree(startState) !== syntaxTree(state))
        this.decorations = linesIn(view)
    }
  },
  { decorations: ({ decorations }) => decorations },
)

function linesIn(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  const { doc } = view.state
  let last = -1
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({
      from,
      to,
      enter: (node) => {
        const decoration = lineClasses[node.name]
        if (!decoration) return true
        const end = Math.min(node.to, to)
        for (let line = doc.lineAt(Math.max(node.from, from)); line.from <= end; line = doc.line(line.number + 1)) {
          if (line.from > last) builder.add(line.from, line.from, decoration)
          last = Math.max(last, line.from)
          if (line.number === doc.lines) break
        }
        return false
      },
    })
  }
  return builder.finish()
}

export const look: Extension = [theme, syntaxHighlighting(highlighting), lines]
