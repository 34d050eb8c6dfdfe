/** What callers can rely on, as data: a snapshot to be compared with another. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { entityKinds } from '@worldloom/schema'
import { parseSync } from 'oxc-parser'
import { z } from 'zod'
import { errorKinds } from '../src/errors.ts'
import { appRouter, listProcedures } from '../src/index.ts'
import { ownContract, repository } from './contract.ts'

/** JSON Schema, as far as zod writes it. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly [keyword: string]: unknown
}

export interface ReportedProcedure {
  readonly type: string
  /** The ways of being known that it takes; none if anybody may call it. */
  readonly credentials: readonly string[]
  readonly permission: string | null
  readonly fresh: boolean
  /** `GET /worlds/{id}`. */
  readonly rest: string | null
  readonly deprecated: { readonly use: string; readonly sunset: string } | null
  readonly input: Schema | null
  /** Of procedures with a REST route. */
  readonly output: Schema | null
  /** The type of what the others answer, as it is written. */
  readonly outputType: string | null
}

export interface Report {
  readonly procedures: Readonly<Record<string, ReportedProcedure>>
  /** The kinds of reasons that a refusal can have. */
  readonly errors: readonly string[]
  /** The kinds of entries. New ones break nobody: callers must expect kinds that they do not know. */
  readonly kinds: readonly string[]
  readonly definitions: Readonly<Record<string, Schema>>
}

export const reportFile = path.join(repository, 'packages/api/contract.json')
/** As it was when the client was released last. */
export const releasedFile = path.join(repository, 'packages/client/contract.released.json')

/** What the routers of now offer. Needs their declarations (`pnpm contract`). */
export function makeReport(): Report {
  const definitions: Record<string, Schema> = {}
  const outputTypes = readOutputTypes()
  const procedures = listProcedures(appRouter)
    .toSorted((one, other) => (one.path < other.path ? -1 : 1))
    .map(({ path: name, type, access, rest }): [string, ReportedProcedure] => {
      if (!access) throw new Error(`${name} declares no access`)
      const known = access.credentials === 'none' ? undefined : access
      return [
        name,
        {
          type,
          credentials: known?.credentials ?? [],
          permission: known?.permission ?? known?.role ?? null,
          fresh: known?.fresh ?? false,
          rest: rest ? `${rest.method} ${rest.path}` : null,
          deprecated: access.deprecated ? { use: access.deprecated.use, sunset: access.deprecated.sunset } : null,
          input: inputOf(name, definitions),
          output: rest ? schemaOf(rest.answer, 'output', definitions) : null,
          outputType: rest ? null : (outputTypes.get(name) ?? null),
        },
      ]
    })
  return {
    procedures: Object.fromEntries(procedures),
    errors: [...errorKinds].sort(),
    kinds: [...entityKinds],
    definitions,
  }
}

export function readReport(file: string): Report | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : undefined // as writeReport.ts writes it
}

function inputOf(name: string, definitions: Record<string, Schema>): Schema | null {
  const procedures: Readonly<Record<string, { readonly _def: { readonly inputs?: readonly unknown[] } }>> = appRouter
    ._def.procedures as never // tRPC does not type what a procedure was built with
  const [input] = procedures[name]?._def.inputs ?? []
  return input instanceof z.ZodType ? schemaOf(input, 'input', definitions) : null
}

/** With what has a name of its own among the definitions. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', definitions: Record<string, Schema>): Schema {
  const made = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema & {
    $defs?: Record<string, Schema>
    id?: string
  } // its own format
  const { $schema: _, $defs = {}, id, ...rest } = made
  for (const [name, definition] of Object.entries($defs)) definitions[name] ??= withoutId(definition)
  if (id === undefined) return rest
  definitions[id] ??= rest
  return { $ref: `#/$defs/${id}` }
}

function withoutId({ id: _, ...schema }: Schema): Schema {
  return schema
}

/** The second type argument of each procedure in the contract: what it answers. */
function readOutputTypes(): Map<string, string> {
  const file = path.join(ownContract.outputDirectory, 'index.d.ts')
  const text = readFileSync(file, 'utf8')
  const found = new Map<string, string>()
  const { program } = parseSync(file, text)
  for (const statement of program.body) {
    if (statement.type !== 'TSTypeAliasDeclaration' || statement.id.name !== 'Procedures') continue
    for (const [router, procedures] of membersOf(statement.typeAnnotation)) {
      for (const [name, procedure] of membersOf(procedures)) {
        if (procedure.type !== 'TSTypeReference') continue
        const [, output] = procedure.typeArguments?.params ?? []
        if (output) found.set(`${router}.${name}`, text.slice(output.start, output.end).replaceAll(/\s+/g, ' '))
      }
    }
  }
  return found
}

type TypeNode = Extract<
  ReturnType<typeof parseSync>['program']['body'][number],
  { type: 'TSTypeAliasDeclaration' }
>['typeAnnotation']

function membersOf(type: TypeNode): [string, TypeNode][] {
  if (type.type !== 'TSTypeLiteral') return []
  return type.members.flatMap((member): [string, TypeNode][] =>
    member.type === 'TSPropertySignature' && member.key.type === 'Identifier' && member.typeAnnotation
      ? [[member.key.name, member.typeAnnotation.typeAnnotation]]
      : [],
  )
}
