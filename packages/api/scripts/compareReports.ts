import { isDeepStrictEqual } from 'node:util'
import type { Report, ReportedProcedure, Schema } from './report.ts'

/** Something that a client would notice. */
export interface Notice {
  /** The procedure, or `errors`. */
  readonly of: string
  readonly text: string
  /** Whether a client that was fine before may not be any more. */
  readonly isBreaking: boolean
}

type Side = 'input' | 'output'
type Say = (at: string, text: string, isBreaking?: boolean) => void

interface Comparing {
  readonly before: Report['definitions']
  readonly after: Report['definitions']
  /** The kinds of entries that are new. */
  readonly newKinds: readonly unknown[]
  readonly say: Say
  /** Pairs that are being compared already, as definitions may contain themselves. */
  readonly seen: Set<string>
}

/** What changed between two snapshots of the contract, as its callers see it. */
export function compareReports(before: Report, after: Report): Notice[] {
  const notices: Notice[] = []
  const newKinds = after.kinds.filter((kind) => !before.kinds.includes(kind))
  const names = [...new Set([...Object.keys(before.procedures), ...Object.keys(after.procedures)])].sort()
  for (const name of names) {
    const say: Say = (at, text, isBreaking = true) =>
      notices.push({ of: name, text: at === '' ? text : `${at}: ${text}`, isBreaking })
    const [one, other] = [before.procedures[name], after.procedures[name]]
    if (!one) say('', 'is new', false)
    else if (!other) say('', 'is gone')
    else
      compareProcedure(one, other, {
        before: before.definitions,
        after: after.definitions,
        ...{ newKinds, say, seen: new Set() },
      })
  }
  for (const kind of after.errors.filter((each) => !before.errors.includes(each))) {
    notices.push({ of: 'errors', text: `${kind} is a new reason of refusals`, isBreaking: true })
  }
  for (const kind of before.errors.filter((each) => !after.errors.includes(each))) {
    notices.push({ of: 'errors', text: `${kind} is no reason of refusals any more`, isBreaking: false })
  }
  return notices
}

function compareProcedure(before: ReportedProcedure, after: ReportedProcedure, comparing: Comparing): void {
  const { say } = comparing
  if (before.type !== after.type) say('', `is a ${after.type}, was a ${before.type}`)
  if (before.rest !== after.rest) {
    say(
      '',
      before.rest ? `${before.rest} is ${after.rest ?? 'gone'}` : `is ${after.rest} as well`,
      before.rest !== null,
    )
  }
  const isOpen = ({ credentials }: ReportedProcedure) => credentials.length === 0
  if (isOpen(before) && !isOpen(after)) say('', `takes being known, by ${after.credentials.join(', ')}`)
  for (const credential of before.credentials) {
    if (!isOpen(after) && !after.credentials.includes(credential)) say('', `is not for ${credential} any more`)
  }
  if (after.permission && after.permission !== before.permission) say('', `takes ${after.permission}`)
  if (after.fresh && !before.fresh) say('', 'takes having signed in lately')
  if (after.deprecated && !isDeepStrictEqual(after.deprecated, before.deprecated)) {
    say('', `is going to be gone on ${after.deprecated.sunset}: ${after.deprecated.use}`, false)
  }
  if (!before.input && after.input) {
    const { required = [] } = resolve(after.input, comparing.after)
    if (required.length > 0) say('input', `takes ${required.join(', ')}`)
  } else if (before.input && !after.input) say('input', 'takes nothing any more')
  else if (before.input && after.input) compareSchemas('input', 'input', before.input, after.input, comparing)
  if (before.output && after.output) compareSchemas('output', 'output', before.output, after.output, comparing)
  else if (before.outputType && after.outputType && before.outputType !== after.outputType) {
    say('output', `is ${shortened(after.outputType)}, was ${shortened(before.outputType)}`)
  }
}

function compareSchemas(side: Side, at: string, before: Schema, after: Schema, comparing: Comparing): void {
  const pair = `${side} ${before.$ref ?? ''} ${after.$ref ?? ''}`
  if (before.$ref || after.$ref) {
    if (comparing.seen.has(pair)) return
    comparing.seen.add(pair)
  }
  const [one, other] = [resolve(before, comparing.before), resolve(after, comparing.after)]
  if (isDeepStrictEqual(one, other) && !containsRef(one)) return
  if (variantsOf(one).length > 1 || variantsOf(other).length > 1) {
    compareVariants(side, at, one, other, comparing)
    return
  }
  compareTypes(side, at, one, other, comparing)
  compareBounds(side, at, one, other, comparing)
  compareProperties(side, at, one, other, comparing)
  if (one.items && other.items) compareSchemas(side, `${at}[]`, one.items, other.items, comparing)
  const [rest, otherRest] = [one.additionalProperties, other.additionalProperties]
  if (typeof rest === 'object' && typeof otherRest === 'object') {
    compareSchemas(side, `${at}.*`, rest, otherRest, comparing)
  }
}

/** What is sent must go on being taken; what is answered must not become something else. */
function compareTypes(side: Side, at: string, before: Schema, after: Schema, { newKinds, say }: Comparing): void {
  const [one, other] = [typesOf(before), typesOf(after)]
  if (one.length > 0 && other.length > 0) {
    const gone = one.filter((type) => !other.includes(type) && !(type === 'integer' && other.includes('number')))
    const added = other.filter((type) => !one.includes(type) && !(type === 'integer' && one.includes('number')))
    if (side === 'input' && gone.length > 0) say(at, `takes no ${gone.join(' or ')} any more`)
    if (side === 'output' && added.length > 0) say(at, `may be ${added.join(' or ')}`)
  }
  const [values, otherValues] = [valuesOf(before), valuesOf(after)]
  const isGone = (value: unknown) => !otherValues?.some((each) => isDeepStrictEqual(each, value))
  const isNew = (value: unknown) => !values?.some((each) => isDeepStrictEqual(each, value))
  const written = (given: readonly unknown[]) => given.map((value) => JSON.stringify(value)).join(', ')
  if (side === 'input') {
    const gone = otherValues ? (values ?? []).filter(isGone) : []
    if (gone.length > 0) say(at, `does not take ${written(gone)} any more`)
    if (otherValues && !values) say(at, `takes only ${written(otherValues)}`)
    const added = values ? (otherValues ?? []).filter(isNew) : []
    if (added.length > 0) say(at, `takes ${written(added)} as well`, false)
  } else if (values) {
    const added = (otherValues ?? []).filter(isNew)
    if (added.length > 0) say(at, `may be ${written(added)}`, !added.every((value) => newKinds.includes(value)))
    if (!otherValues) say(at, 'may be anything')
  }
}

/** Bounds by name, and whether more of it is narrower. */
const bounds = {
  ...{ maxLength: false, maximum: false, exclusiveMaximum: false, maxItems: false, maxProperties: false },
  ...{ minLength: true, minimum: true, exclusiveMinimum: true, minItems: true, minProperties: true },
} as const

function compareBounds(side: Side, at: string, before: Schema, after: Schema, { newKinds, say }: Comparing): void {
  if (side === 'output') return
  for (const [bound, isNarrowerWithMore] of Object.entries(bounds)) {
    const [one, other] = [before[bound], after[bound]]
    if (typeof other !== 'number') continue
    const known =
      typeof one === 'number' ? one : isNarrowerWithMore ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
    if (isNarrowerWithMore ? other > known : other < known) say(at, `${bound} is ${other}, was ${one ?? 'not bounded'}`)
  }
  for (const rule of ['pattern', 'format']) {
    // A pattern that lists the kinds takes the new ones as well.
    const known = newKinds.reduce<unknown>((text, kind) => String(text).replaceAll(`|${kind}`, ''), after[rule])
    if (after[rule] !== undefined && after[rule] !== before[rule] && known !== before[rule])
      say(at, `has to be of the ${rule} ${String(after[rule])}`)
  }
}

function compareProperties(side: Side, at: string, before: Schema, after: Schema, comparing: Comparing): void {
  const { say } = comparing
  const [one, other] = [before.properties ?? {}, after.properties ?? {}]
  const required = (schema: Schema, name: string) => schema.required?.includes(name) ?? false
  for (const [name, schema] of Object.entries(one)) {
    const there = other[name]
    const here = `${at}.${name}`
    if (!there) {
      const isTaken = side === 'input' && after.additionalProperties !== false
      say(here, side === 'input' ? 'is not taken any more' : 'is gone', !isTaken)
      continue
    }
    if (side === 'input' && required(after, name) && !required(before, name)) say(here, 'has to be given')
    if (side === 'output' && required(before, name) && !required(after, name)) say(here, 'may be missing')
    compareSchemas(side, here, schema, there, comparing)
  }
  for (const name of Object.keys(other)) {
    if (name in one) continue
    const isNeeded = side === 'input' && required(after, name)
    say(`${at}.${name}`, isNeeded ? 'has to be given' : 'is new', isNeeded)
  }
}

/** Alternatives: each that was taken must be taken still, and none may be answered that was not. */
function compareVariants(side: Side, at: string, before: Schema, after: Schema, comparing: Comparing): void {
  const [one, other] = [variantsOf(before), variantsOf(after)]
  const [from, to, definitions, others] =
    side === 'input'
      ? ([one, other, comparing.before, comparing.after] as const)
      : ([other, one, comparing.after, comparing.before] as const)
  for (const variant of from) {
    const plain = resolve(variant, definitions)
    const same = to.find((each) => isDeepStrictEqual(resolve(each, others), plain))
    const alike = same ?? to.find((each) => isAlike(resolve(each, others), plain))
    const name = nameOf(plain)
    if (!alike) {
      const isNewKind = side === 'output' && comparing.newKinds.includes(name)
      comparing.say(at, side === 'input' ? `takes no ${name} any more` : `may be ${name}`, !isNewKind)
    } else if (!same || containsRef(plain)) {
      const [was, is] = side === 'input' ? [variant, alike] : [alike, variant]
      compareSchemas(side, one.length > 1 ? `${at}(${name})` : at, was, is, comparing)
    }
  }
}

function variantsOf(schema: Schema): readonly Schema[] {
  return schema.anyOf ?? schema.oneOf ?? [schema]
}

/** Whether two alternatives are the same one, which may have changed: by their type, and for objects by what tells them apart. */
function isAlike(one: Schema, other: Schema): boolean {
  if (!isDeepStrictEqual(typesOf(one), typesOf(other))) return false
  const constants = (schema: Schema) =>
    Object.entries(schema.properties ?? {}).flatMap(([name, { const: value }]) =>
      value === undefined ? [] : [`${name}=${JSON.stringify(value)}`],
    )
  const [known, others] = [constants(one), constants(other)]
  return known.length === 0 || known.some((each) => others.includes(each))
}

function nameOf(schema: Schema): string {
  const constant = Object.values(schema.properties ?? {}).find((each) => each.const !== undefined)?.const
  return constant === undefined ? typesOf(schema).join(' or ') || 'value' : String(constant)
}

function typesOf({ type }: Schema): readonly string[] {
  return typeof type === 'string' ? [type] : (type ?? [])
}

function valuesOf(schema: Schema): readonly unknown[] | undefined {
  return schema.const === undefined ? schema.enum : [schema.const]
}

function resolve(schema: Schema, definitions: Report['definitions']): Schema {
  const name = schema.$ref?.split('/').at(-1)
  return name === undefined ? schema : (definitions[name] ?? {})
}

function containsRef(schema: Schema): boolean {
  return JSON.stringify(schema).includes('"$ref"')
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}
