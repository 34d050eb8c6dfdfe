/** Finds texts that people read in sources of the app, outside of its catalogs. */
import { parseSync } from 'oxc-parser'
import { isNode, type Node, nameOf } from './syntax.ts'

export interface LooseText {
  readonly line: number
  readonly text: string
}

/** Attributes whose values are never read by people. */
const technical =
  /^(class(List)?|id|type|name|rel|href|to|params|search|look|icon|role|kind|as|d|fill|for|dir|method|action|accept|src|srcset|sizes|loading|decoding|size|side|placement|scope|lang|key|mode|view|width|height|x|y|points|transform|viewBox|stroke[\w-]*|text-anchor|dominant-baseline|paint-order|font-family|preserveAspectRatio|clip-path|tabindex|target|value|sort|wrap|needs|pattern|control|ref|xmlns|field|each|when|capture|gutter|swipeDirection|lineClass|inputmode|autocomplete|autocapitalize|spellcheck|enctype|fetchpriority|crossorigin|option(Value|TextValue|Label)|triggerMode|aria-(hidden|live|haspopup|current|describedby|labelledby|controls|orientation|autocomplete|relevant|sort|checked|keyshortcuts|expanded|busy|atomic|pressed|selected|level|modal|invalid)|data-[\w-]+)$/
/** Calls whose texts are selectors, names of events and the like. */
const technicalCalls =
  /^(querySelector(All)?|closest|matches|matchMedia|getContext|addEventListener|removeEventListener|createElementNS|setAttribute|get|has|startsWith|endsWith|includes|split|replace|replaceAll)$/
/** Keys of the keyboard, methods of HTTP, units, names of products, and identifiers. */
const known =
  /^(Enter|Escape|Esc|Tab|Delete|Backspace|Arrow\w+|Home|End|Page(Up|Down)|Mod-[\w-]+|GET|POST|PUT|PATCH|DELETE|UTC|USD|MB|GB|TB|PNG|SVG|Google|GitHub|Microsoft|Facebook|PostgreSQL|Worldloom|\w+Error)$/
/** What styles, paths, media queries and drawings are made of. */
const notation =
  /^[/.#[]|^\s*<|https?:|=\{|samesite|prefers-|minmax\(|stroke|\d+px|^M[\d{]|^[a-z]+\/[a-z]|^(except|unless) \{\}$|^(Control|Meta|Shift|Alt)\+/

/** Properties and attributes whose values are always read by people, also single words. */
const read =
  /^(label|hint|title|description|placeholder|caption|alt|aria-(label|description|valuetext|roledescription))$/

/** Texts that are only for the developers of the app. */
const thrown = /^(Error|TypeError|RegExp)$/

/** @param file its name says whether it has JSX */
export function looseTexts(file: string, source: string): LooseText[] {
  const { program } = parseSync(file, source)
  const found: LooseText[] = []
  const add = (node: Node, text: string) => {
    found.push({ line: source.slice(0, node.start).split('\n').length, text: text.trim().replace(/\s+/g, ' ') })
  }
  const visit = (each: unknown): void => {
    if (Array.isArray(each)) {
      each.forEach(visit)
      return
    }
    if (!isNode(each)) return
    const { type } = each
    if (/^TS(?!As|Satisfies|NonNull)|^Import|^ExportAll/.test(type) || (type.startsWith('ExportNamed') && each.source))
      return
    if (type === 'JSXAttribute' && technical.test(attributeName(each.name))) return
    const named = type === 'Property' ? nameOf(each.key) : type === 'JSXAttribute' ? attributeName(each.name) : ''
    if (read.test(named) && isWord(each.value)) {
      add(each, String((each.value as Node).value))
      return
    }
    if (type === 'JSXText') {
      if (/[a-z]{2}/i.test(String(each.value)) && !known.test(String(each.value).trim())) add(each, String(each.value))
      return
    }
    if (type === 'CallExpression' && technicalCalls.test(nameOf(each.callee))) return
    if (type === 'NewExpression' && thrown.test(nameOf(each.callee))) return
    if (type === 'BinaryExpression' && /^[!=]==?$/.test(String(each.operator))) return
    if (type === 'Property' && /^(class|classList|search|keys)$/.test(nameOf(each.key))) return
    if (type === 'SwitchCase') {
      visit(each.consequent)
      return
    }
    if (type === 'Literal' && isText(each.value)) add(each, String(each.value))
    if (type === 'TemplateLiteral') {
      const text = (each.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('{}')
      if (isText(text)) add(each, text)
    }
    for (const [name, value] of Object.entries(each)) {
      if (typeof value === 'object' && !(type === 'Property' && name === 'key')) visit(value)
    }
  }
  visit(program)
  return found
}

/** Whether a node is a text of letters. */
function isWord(node: unknown): boolean {
  return isNode(node) && node.type === 'Literal' && /^[a-z]{2,}$/.test(String(node.value))
}

function isText(value: unknown): boolean {
  if (typeof value !== 'string' || known.test(value.trim()) || notation.test(value) || isClasses(value)) return false
  return /^[A-Z][a-z]+/.test(value) || /[a-z]{2}[,.:;]? [a-z“]/i.test(value) || /[“”„]|[a-z][’…]/i.test(value)
}

/** Whether it is a list of classes: one of them has what no word has, or all are words that Tailwind knows. */
function isClasses(text: string): boolean {
  const words = text.trim().split(/\s+/)
  const areAllPlain = words.every((word) => /^[a-z0-9{}:/[\]().,%&>*_#!'=+-]+$/i.test(word))
  return (
    !/^[A-Z]/.test(text) &&
    areAllPlain &&
    words.some((word) => /[:[\]]|[a-z]-[a-z0-9[{]/.test(word) || classes.has(word))
  )
}

const classes = new Set(
  'flex grid block inline hidden relative absolute fixed sticky static truncate underline italic uppercase rounded border container group peer table transition grow isolate'.split(
    ' ',
  ),
)

function attributeName(node: unknown): string {
  if (!isNode(node)) return ''
  return node.type === 'JSXNamespacedName'
    ? `${attributeName(node.namespace)}:${attributeName(node.name)}`
    : String(node.name)
}
