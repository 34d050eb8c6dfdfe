/** Finds the sentences that errors are thrown with, as templates with `{}` for what is put in. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'oxc-parser'
import { isNode, type Node, nameOf } from './syntax.ts'

export interface ErrorText {
  readonly file: string
  readonly template: string
}

const thrown = new Set(['ConflictError', 'InvalidCredentialError', 'BadInputError', 'TakenError', 'HTTPException'])
/** Methods of zod whose last argument is a message. */
const checks = /^(min|max|length|int|regex|refine|multipleOf|positive|nonnegative|gt|gte|lt|lte|check)$/
/** Of zod's constructors, those whose text is no message. */
const values = new Set(['literal', 'templateLiteral', 'record', 'enum', 'discriminatedUnion'])

/** @param root of the repository @param folders of sources, relative to it */
export function errorTexts(root: string, folders: readonly string[]): ErrorText[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !/(^|\/)words(\.\w+)?\.ts$/.test(file))
      .flatMap((file) => {
        const relative = path.join(folder, file)
        const { program } = parseSync(relative, readFileSync(path.join(root, relative), 'utf8'))
        return textsIn(program as unknown as Node).map((template) => ({ file: relative, template })) // any node of the tree
      }),
  )
}

function textsIn(node: Node): string[] {
  const found: string[] = []
  const visit = (each: unknown): void => {
    if (Array.isArray(each)) {
      each.forEach(visit)
      return
    }
    if (!isNode(each)) return
    if (each.type === 'NewExpression' && thrown.has(nameOf(each.callee))) {
      const given = each.arguments as Node[]
      const name = nameOf(each.callee)
      const said =
        name === 'TakenError' ? given.slice(2) : name === 'HTTPException' ? given.slice(1) : given.slice(0, 1)
      found.push(...said.flatMap(sentences))
    }
    if (each.type === 'CallExpression') found.push(...messagesOf(each))
    if (each.type === 'Property' && nameOf(each.key) === 'error') found.push(...sentences(each.value))
    for (const value of Object.values(each)) if (typeof value === 'object') visit(value)
  }
  visit(node)
  return found
}

function messagesOf({ callee, arguments: given }: Node): string[] {
  if (!isNode(callee) || callee.type !== 'MemberExpression') return []
  const method = nameOf(callee.property)
  const isConstructor = nameOf(callee.object) === 'z' && !values.has(method)
  if (!isConstructor && !checks.test(method)) return []
  return (given as Node[])
    .filter(({ type }) => type === 'Literal' || type === 'TemplateLiteral')
    .flatMap(sentences)
    .filter((text) => /[a-z] /.test(text))
}

/** The texts in an expression, but not the keys of what it compares. */
function sentences(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(sentences)
  if (!isNode(node)) return []
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' && /^\S+ \S/.test(node.value) ? [node.value] : []
    case 'TemplateLiteral':
      return [(node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('{}')]
    case 'ConditionalExpression':
      return [...sentences(node.consequent), ...sentences(node.alternate)]
    case 'LogicalExpression':
      return [...sentences(node.left), ...sentences(node.right)]
    case 'ArrowFunctionExpression':
      return sentences(node.body)
    case 'ObjectExpression':
      return (node.properties as Node[]).flatMap(({ value }) => sentences(value))
    case 'ArrayExpression':
      return sentences(node.elements)
    default:
      return []
  }
}
