import type { AnyTRPCRouter } from '@trpc/server'
import { appRouter, listProcedures, type ProcedureEntry, type RestRoute } from '@worldloom/api'
import { type Access, checkAccess } from '@worldloom/auth'
import { BadInputError } from '@worldloom/schema'
import { Hono } from 'hono'
import type { z } from 'zod'
import type { AppContext, AppEnvironment } from '../appTypes.ts'
import { callProcedure } from '../callProcedure.ts'
import { readJson } from '../jsonBody.ts'
import { limitHeaders, problem, problemOf } from '../problem.ts'
import { type ContextDependencies, createContext } from '../requestContext.ts'
import { etagOf, versionOf } from '../versions.ts'

/** A procedure with its REST route. */
interface RestProcedure {
  readonly path: string
  readonly type: ProcedureEntry['type']
  readonly access: Access
  readonly rest: RestRoute
  readonly input: z.ZodObject | undefined
}

/**
 * The procedures as REST, below `/api/v1`, at the routes they declare. trpc-to-openapi generates the document, but its
 * handler is not used: it would generate the document for every request, and enable coercion in the schemas that
 * `/trpc` uses as well.
 */
export function restRoutes(deps: ContextDependencies): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()
  const procedures = restProcedures()
  for (const procedure of procedures) {
    routes.on(procedure.rest.method, honoPath(procedure.rest.path), (c) => answer(deps, procedure, c))
  }
  for (const path of new Set(procedures.map(({ rest }) => rest.path))) {
    const methods = procedures.filter(({ rest }) => rest.path === path).map(({ rest }) => rest.method)
    routes.all(honoPath(path), (c) => {
      c.header('allow', [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', '))
      return problem(c, 405, 'Not to be done here', `${c.req.path} takes ${methods.join(', ')}.`)
    })
  }
  routes.all('/*', (c) => problem(c, 404, 'Not found', `There is nothing at ${c.req.path}. See /docs.`))
  return routes
}

/** Routes with the fewest parameters first: `/acts/by-name` before `/acts/{id}`. */
function restProcedures(): RestProcedure[] {
  const { procedures } = (appRouter as AnyTRPCRouter)._def
  const parameters = ({ rest }: RestProcedure) => rest.path.split('{').length
  return listProcedures(appRouter)
    .filter(
      (entry): entry is Required<ProcedureEntry> & { access: Access; rest: RestRoute } => entry.rest !== undefined,
    )
    .map(({ path, type, access, rest }) => {
      const { inputs } = (procedures[path] as unknown as { _def: { inputs: z.ZodType[] } })._def // listed from there
      return { path, type, access, rest, input: inputs[0] && objectOf(inputs[0]) }
    })
    .sort((one, other) => parameters(one) - parameters(other))
}

function honoPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1')
}

async function answer(deps: ContextDependencies, procedure: RestProcedure, c: AppContext): Promise<Response> {
  const { access, rest } = procedure
  const precondition = c.req.header('if-match')
  try {
    const context = await createContext(deps, c, 'one')
    // Access is checked before the input is read.
    if (access.credentials !== 'none') checkAccess(await context.principal(), access)
    const input = await readInput(procedure, c)
    const result = await callProcedure(procedure, context, () => input)
    const headers: Record<string, string> = { 'cache-control': 'private, no-cache', ...limitHeaders(c.get('limit')) }
    const etag = etagOf(result)
    if (etag) headers.etag = etag
    if (etag && rest.method === 'GET' && matches(c.req.header('if-none-match'), etag)) {
      return c.body(null, 304, headers)
    }
    if (rest.creates) {
      headers.location = `/api/v1${fillPath(rest.creates, { ...(input as object), ...(result as object) })}`
    }
    return c.json(result as object, rest.creates ? 201 : 200, headers) // procedures return objects
  } catch (error) {
    const known = problemOf(c, error, { precondition: precondition !== undefined })
    if (known) return known
    throw error
  }
}

async function readInput({ rest, input }: RestProcedure, c: AppContext): Promise<unknown> {
  if (!input) return undefined
  const path = c.req.param() as Record<string, string>
  const names = Object.keys(input.shape)
  const given: Record<string, unknown> =
    rest.method === 'GET' || rest.method === 'DELETE' ? readQuery(c, input) : await readBody(c)
  for (const name of Object.keys(path)) {
    if (name in given) throw new BadInputError({ [name]: ['Is already part of the path'] })
  }
  if (names.includes('version')) given.version = versionOf(c, given.version)
  // RFC 9110 §13.1.1: what `If-Match` makes a condition of must not happen with another version.
  if (names.includes('merge')) given.merge ??= false
  return { ...given, ...path }
}

async function readBody(c: AppContext): Promise<Record<string, unknown>> {
  const isEmpty =
    !['content-type', 'transfer-encoding'].some((name) => c.req.header(name)) &&
    !Number(c.req.header('content-length') ?? 0)
  const body = isEmpty ? {} : await readJson(c)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new BadInputError({ input: ['The body must be a JSON object'] })
  }
  return { ...body }
}

/** Converts query parameters to the input's types: numbers, booleans and null. */
function readQuery(c: AppContext, input: z.ZodObject): Record<string, unknown> {
  const given = new Map<string, unknown>() // people may call a field __proto__
  const { searchParams } = new URL(c.req.url)
  for (const name of new Set(searchParams.keys())) {
    const values = searchParams.getAll(name)
    const schema = Object.hasOwn(input.shape, name) ? (input.shape[name] as z.ZodType) : undefined
    const { type, nullable } = kindOf(schema)
    if (type === 'array') given.set(name, values)
    else if (values.length > 1) throw new BadInputError({ [name]: ['Is given more than once'] })
    else given.set(name, fromText(values[0] ?? '', type, nullable))
  }
  return Object.fromEntries(given)
}

function fromText(text: string, type: string | undefined, nullable: boolean): unknown {
  if (nullable && text === 'null') return null
  if ((type === 'number' || type === 'int') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  // The schema reports whatever is wrong with it.
  return text
}

/** The schema inside its wrappers. */
function kindOf(schema: z.ZodType | undefined, nullable = false): { type: string | undefined; nullable: boolean } {
  const def = schema?._zod.def as { type: string; innerType?: z.ZodType } | undefined // all wrappers have it
  if (def?.innerType) return kindOf(def.innerType, nullable || def.type === 'nullable')
  return { type: def?.type, nullable }
}

function objectOf(schema: z.ZodType): z.ZodObject | undefined {
  const def = schema._zod.def as { type: string; innerType?: z.ZodType } // all wrappers have it
  if (def.innerType) return objectOf(def.innerType)
  return def.type === 'object' ? (schema as z.ZodObject) : undefined
}

function fillPath(path: string, values: Record<string, unknown>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])))
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2 */
function matches(header: string | undefined, etag: string): boolean {
  if (!header) return false
  return header === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}
