import type { AnyTRPCRouter } from '@trpc/server'
import type { Access, Credential } from '@worldloom/auth'
import { imageSizes, imageTypes } from '@worldloom/schema'
import { generateOpenApiDocument, type OpenApiRouter } from 'trpc-to-openapi'
import { listProcedures } from './listProcedures.ts'
import { exampleOf, type JsonSchema } from './openApiExamples.ts'
import { appRouter } from './router.ts'

/** How each credential is sent, by name of the document's security scheme. */
const schemeOf: Record<Credential, string> = { session: 'sessionCookie', bearer: 'accessToken', apiKey: 'apiKey' }

const securitySchemes = {
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'An access token of POST /token, or an API key (`wl_…`).',
  },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'An API key (`wl_…`), for programs.' },
  sessionCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: 'worldloom_session',
    description: 'What a browser has after signing in; off loopback its name begins with `__Host-`.',
  },
} as const

/** The error responses that a request may get. */
const problems: Readonly<Record<number, string>> = {
  400: 'Something in the request cannot be understood; `reason.fields` says what.',
  401: 'No credential, or one that is no good.',
  403: 'The caller may not do this.',
  404: 'There is no such thing, or it is not shared with the caller.',
  409: 'It cannot be done as things are: a name is taken, or it was changed meanwhile.',
  410: 'The change log does not have that position any more: sync anew.',
  412: 'It was changed since the version in `If-Match`; `reason.current` is what it is now.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  416: 'The file has no such part.',
  428: 'Say which version is meant, by `If-Match` or `version`.',
  429: 'Too many requests; `Retry-After` says when to come again.',
  501: 'What it needs is not configured here; `reason.settings` says what is missing.',
  503: 'The database cannot be reached just now; `Retry-After` says when to come again.',
}

interface Parameter {
  name: string
  in: string
  required?: boolean
  description?: string
  schema: JsonSchema
}
interface Operation {
  operationId: string
  summary?: string
  description?: string
  tags?: string[]
  deprecated?: boolean
  security?: Record<string, string[]>[]
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content: Record<string, { schema: JsonSchema; example?: unknown }> }
  responses: Record<string, unknown>
}
export interface OpenApiDocument {
  openapi: string
  info: object
  servers: { url: string }[]
  tags?: { name: string; description?: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, JsonSchema>; [kind: string]: Record<string, unknown> }
}

/**
 * Describes the REST API as OpenAPI 3.1. trpc-to-openapi turns what procedures declare into paths and schemas. What it
 * does not know (versions, Location, our problem details, who may call) is added here.
 *
 * @param publicUrl Worldloom's origin
 */
export function openApiDocument(publicUrl: string): OpenApiDocument {
  const procedures = listProcedures(appRouter).filter(({ rest }) => rest)
  const document = structuredClone(
    generateOpenApiDocument(documentedRouter(), {
      title: 'Worldloom',
      description: [
        'Worlds and what is in them: the same procedures as the typed client calls, as REST.',
        'Lists come a page at a time: `nextCursor` is the `cursor` of the next one. What has a `version` is answered with it as its `ETag`; a change says by `If-Match` which version it is made on. Errors are problem details (RFC 9457) with a typed `reason` and the id of the request.',
      ].join('\n\n'),
      version: '1.0.0',
      openApiVersion: '3.1.0',
      baseUrl: `${publicUrl}/api/v1`,
      securitySchemes,
    }),
  ) as unknown as OpenApiDocument // has everything that is read from it below
  const { schemas } = document.components
  for (const name of Object.keys(schemas)) if (name.startsWith('error.')) delete schemas[name]
  schemas.Problem = problemSchema
  document.components.responses = Object.fromEntries(
    Object.entries(problems).map(([status, description]) => [
      `Problem${status}`,
      {
        description,
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            example: { ...problemExample, status: Number(status), detail: description },
          },
        },
      },
    ]),
  )
  for (const { path, access, rest } of procedures) {
    const operation = rest && document.paths[rest.path]?.[rest.method.toLowerCase()]
    if (!operation || !access) throw new Error(`${path} is not in the document`)
    completeOperation(
      operation,
      {
        path,
        access,
        creates: rest.creates !== undefined,
        once: rest.once === true,
        optional: rest.optional === true,
        method: rest.method,
      },
      schemas,
    )
  }
  addFilePaths(document)
  addStreamPath(document)
  addArchivePaths(document)
  document.tags = [...new Set(Object.values(document.paths).flatMap((path) => Object.values(path)[0]?.tags ?? []))].map(
    (name) => ({ name }),
  )
  for (const [name, schema] of Object.entries(schemas)) {
    schema.examples = [name === 'Problem' ? problemExample : exampleOf(schema, schemas)]
  }
  JSON.stringify(document, (_key, value) => {
    // The format implies it.
    if (value?.format === 'uuid') delete value.pattern
    if (value?.prefixItems && value.items === false) closeTuple(value)
    return value
  })
  return document
}

/**
 * Says how many items a tuple has by its bounds: `items: false` is right in JSON Schema 2020-12, and more than most
 * generators of clients understand. Where all items are alike, `items` says what they are to generators that do not
 * know `prefixItems` either.
 */
function closeTuple(schema: { prefixItems: JsonSchema[]; items?: unknown; minItems?: number; maxItems?: number }) {
  const [first, ...others] = schema.prefixItems
  schema.minItems = schema.prefixItems.length
  schema.maxItems = schema.prefixItems.length
  const alike = others.every((other) => JSON.stringify(other) === JSON.stringify(first))
  if (first && alike) schema.items = first
  else delete schema.items
}

/**
 * The router as trpc-to-openapi expects it: each procedure with its route, and with its output schema in place of an
 * output parser.
 */
function documentedRouter(): OpenApiRouter {
  const { procedures } = (appRouter as AnyTRPCRouter)._def
  const documented = listProcedures(appRouter).flatMap(({ path, rest }) => {
    if (!rest) return []
    const { method, summary, answer } = rest
    const openapi = {
      method,
      path: rest.path,
      summary,
      tags: [path.split('.', 1)[0]],
      operationId: operationIdOf(path),
    }
    const { _def } = procedures[path] as { _def: object } // listed from there
    return [[path, { _def: { ..._def, meta: { openapi }, output: answer } }]]
  })
  return { _def: { procedures: Object.fromEntries(documented) } } as unknown as OpenApiRouter // only this is read
}

/** `act.byId` → `actById` */
export function operationIdOf(path: string): string {
  return path.replace(/\.(\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** The files of images, which are not procedures: apps/server/src/routes/images.ts. */
function addFilePaths({ paths }: OpenApiDocument): void {
  const create = paths['/images']?.post
  const update = paths['/images/{id}']?.patch
  const read = paths['/images/{id}']?.get
  if (!create?.requestBody || !update || !read) throw new Error('images are not in the document')
  const file: JsonSchema = {
    type: 'string',
    format: 'binary',
    description: 'PNG, JPEG, WebP, AVIF or GIF; 20 MB at most.',
  }
  const fields = create.requestBody.content['application/json']?.schema.properties
  const { body: _, ...others } = fields ?? {}
  create.description += ' As a form together with its file; as JSON without one, which may follow.'
  create.requestBody.content['multipart/form-data'] = {
    schema: { type: 'object', properties: { file, ...others }, required: ['file', 'worldId'] },
  }
  const refusals = (operation: Operation) =>
    Object.fromEntries(Object.entries(operation.responses).filter(([status]) => Number(status) >= 400))
  paths['/images/{id}/file'] = {
    put: {
      ...update,
      operationId: 'imagePutFile',
      summary: 'Replace the file of an image',
      description: 'For callers with `entity:update`.',
      requestBody: {
        required: true,
        content: { 'multipart/form-data': { schema: { type: 'object', properties: { file }, required: ['file'] } } },
      },
    },
    get: {
      ...read,
      operationId: 'imageGetFile',
      summary: 'Download the file of an image',
      description: 'For callers with `entity:read`. Takes `Range`; smaller sizes are AVIF or WebP, as `Accept` says.',
      parameters: [
        ...(read.parameters ?? []),
        {
          name: 'size',
          in: 'query',
          schema: { type: 'string', enum: ['original', ...Object.keys(imageSizes)], default: 'original' },
        },
        {
          name: 'v',
          in: 'query',
          description: 'The `checksum` of the image: the answer may then be kept for ever.',
          schema: { type: 'string', maxLength: 64 },
        },
        {
          name: 'download',
          in: 'query',
          description: 'Whether a browser is to save it.',
          schema: { type: 'string', enum: ['true'] },
        },
      ],
      responses: {
        200: { description: 'The file.', content: contentOf(imageTypes) },
        206: { description: 'The part of it that was asked for.', content: contentOf(imageTypes) },
        304: { description: 'It is the one that the caller has.' },
        416: { $ref: '#/components/responses/Problem416' },
        ...refusals(read),
      },
    },
  }
}

/** The stream of changes, which is a subscription: apps/server/src/routes/changes.ts. */
function addStreamPath({ paths }: OpenApiDocument): void {
  const history = paths['/worlds/{worldId}/history']?.get
  if (!history) throw new Error('history is not in the document')
  const [worldId] = (history.parameters ?? []).filter(({ name }) => name === 'worldId')
  if (!worldId) throw new Error('history has no world')
  paths['/worlds/{worldId}/changes'] = {
    get: {
      ...history,
      operationId: 'worldChanges',
      tags: ['world'],
      summary: 'Stream the changes to a world as Server-Sent Events',
      description:
        '`world.changes`, for callers with `entity:read`. Events: `start`, `change` (`{ worldId, change }`), `here` (`{ worldId, people }`), `proposals` (`{ worldId, pending }`, whenever something is proposed or decided), `reset` (too far behind: read everything anew), `gone` (deleted, or not shared any more) and `error`. A reader that sends the id of the last event that it has misses nothing.',
      parameters: [
        worldId,
        {
          name: 'Last-Event-ID',
          in: 'header',
          description: 'The id of the last event, to continue from there. Browsers send it by themselves.',
          schema: { type: 'string', maxLength: 2000 },
        },
        {
          name: 'lastEventId',
          in: 'query',
          description: 'The same, for readers that cannot send a header.',
          schema: { type: 'string', maxLength: 2000 },
        },
      ],
      responses: {
        200: {
          description: 'The events, for as long as the reader stays.',
          content: { 'text/event-stream': { schema: { type: 'string' } } },
        },
        ...Object.fromEntries(Object.entries(history.responses).filter(([status]) => Number(status) >= 400)),
        410: { $ref: '#/components/responses/Problem410' },
      },
    },
  }
}

/** Worlds as files, which are no JSON: apps/server/src/routes/archives.ts. */
function addArchivePaths({ paths }: OpenApiDocument): void {
  const [read, create] = [paths['/worlds/{id}']?.get, paths['/worlds']?.post]
  if (!read || !create) throw new Error('worlds are not in the document')
  const refusals = ({ responses }: Operation) =>
    Object.fromEntries(Object.entries(responses).filter(([status]) => Number(status) >= 400))
  paths['/worlds/{id}/archive'] = {
    get: {
      ...read,
      operationId: 'worldExport',
      summary: 'Export a world as a file, with its trash and its images',
      description: 'For callers with `world:read` who are editors of the world.',
      responses: {
        200: { description: 'The archive.', content: contentOf(['application/zip']) },
        ...refusals(read),
      },
    },
  }
  paths['/worlds/{id}/vault'] = {
    get: {
      ...read,
      operationId: 'worldExportVault',
      summary: 'Export a world as Markdown files, with its images',
      description: 'For callers with `world:read` who are editors of the world. The trash and the maps are not in it.',
      responses: {
        200: { description: 'The files, as a zip.', content: contentOf(['application/zip']) },
        ...refusals(read),
      },
    },
  }
  paths['/worlds/import'] = {
    post: {
      ...create,
      operationId: 'worldImport',
      summary: 'Import a world from an archive or from Markdown files, as one of your own',
      description:
        'For callers with `world:create`. The body is the archive itself, or a zip of Markdown files. All of it is imported, or nothing.',
      parameters: [
        {
          name: 'name',
          in: 'query',
          description: 'A new name for the world.',
          schema: { type: 'string', maxLength: 255 },
        },
      ],
      requestBody: { required: true, content: contentOf(['application/zip']) },
      responses: {
        201: {
          description: 'The world, with new ids.',
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: {
                  id: { type: 'string', format: 'uuid' },
                  name: { type: 'string' },
                  entities: { type: 'integer' },
                },
                required: ['id', 'name', 'entities'],
              },
            },
          },
        },
        ...refusals(create),
      },
    },
  }
}

function contentOf(types: readonly string[]) {
  return Object.fromEntries(types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]))
}

interface About {
  readonly path: string
  readonly access: Access
  readonly creates: boolean
  readonly optional: boolean
  readonly once: boolean
  readonly method: string
}

function completeOperation(operation: Operation, about: About, schemas: Record<string, JsonSchema>): void {
  const { access, creates, once, optional, method, path } = about
  operation.security =
    access.credentials === 'none' ? [] : access.credentials.map((credential) => ({ [schemeOf[credential]]: [] }))
  const needs = access.credentials !== 'none' && (access.permission ?? access.role)
  operation.description = `\`${path}\`${needs ? `, for callers with \`${needs}\`` : ''}.`
  if (access.deprecated) {
    const { use, sunset } = access.deprecated
    operation.deprecated = true
    operation.description += ` It is going to be gone on ${sunset}: ${use}.`
  }
  let parameters = (operation.parameters ?? []).filter(({ name }) => name !== 'direction')

  const body = operation.requestBody?.content['application/json']
  const isVersioned = parameters.some(({ name }) => name === 'version') || hasVersion(body?.schema)
  if (isVersioned) {
    parameters = parameters.filter(({ name }) => name !== 'version')
    if (body) withoutVersion(body.schema)
    if (body && operation.requestBody && Object.keys(body.schema.properties ?? {}).length === 0) {
      delete operation.requestBody
    }
    parameters.push({
      name: 'If-Match',
      in: 'header',
      required: true,
      description: 'The version that the change is made on: the ETag it was read with.',
      schema: { type: 'string', examples: ['"3"'] },
    })
  }
  if (once) {
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description: 'Made up by the caller: the same sent again within 24 hours makes nothing twice.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    })
  }
  for (const parameter of parameters)
    parameter.schema.examples ??= [exampleOf(parameter.schema, schemas, parameter.name)]
  if (parameters.length > 0) operation.parameters = parameters
  else delete operation.parameters
  if (body) body.example = exampleOf(body.schema, schemas)

  const success = operation.responses['200'] as { headers?: object; content: Record<string, { schema: JsonSchema }> }
  const answer = success.content['application/json']?.schema
  const answered = answer?.$ref ? schemas[answer.$ref.split('/').at(-1) ?? ''] : answer
  const headers = {
    ...(hasVersion(answered) && { ETag: header('The version of what is answered.', '"3"') }),
    ...(creates && { Location: header('Where what was made can be read.', '/api/v1/acts/…') }),
    'X-Request-Id': header('To be mentioned when a problem is reported.', 'b1946ac9'),
  }
  const { 200: _, ...others } = operation.responses
  for (const status of Object.keys(others)) delete operation.responses[status]
  delete operation.responses['200']
  operation.responses[creates ? '201' : '200'] = {
    ...success,
    description: creates ? 'Made.' : 'Done.',
    headers,
  }
  const statuses = [
    400,
    ...(access.credentials === 'none' ? [] : [401, 403]),
    404,
    ...(method === 'GET' ? [] : [409, 413, 415]),
    ...(isVersioned ? [412, 428] : []),
    429,
    ...(optional ? [501] : []),
    503,
  ]
  // The only other response that a position can get; the stream has its own.
  if (parameters.some(({ name }) => name === 'since')) statuses.push(410)
  for (const status of statuses) operation.responses[status] = { $ref: `#/components/responses/Problem${status}` }
}

function hasVersion(schema: JsonSchema | undefined): boolean {
  return schema?.properties?.version !== undefined
}

function withoutVersion(schema: JsonSchema): void {
  delete schema.properties?.version
  schema.required = (schema.required ?? []).filter((name) => name !== 'version')
  if (schema.required.length === 0) delete schema.required
}

function header(description: string, example: string) {
  return { description, schema: { type: 'string' }, example }
}

/** RFC 9457, with our reason. @see packages/schema/src/errors.ts */
const problemSchema: JsonSchema = {
  type: 'object',
  description: 'Problem details: https://www.rfc-editor.org/rfc/rfc9457',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'A sentence for people.' },
    reason: {
      type: 'object',
      description: 'For programs: `kind` says what it is, the rest depends on it.',
      properties: { kind: { type: 'string' } },
      required: ['kind'],
      additionalProperties: true,
    },
    requestId: { type: 'string', description: 'To be mentioned when a problem is reported.' },
    traceId: { type: 'string', description: 'Of the trace that the request belongs to, where traces are kept.' },
  },
  required: ['type', 'title', 'status', 'detail', 'requestId'],
}

const problemExample = {
  type: 'about:blank',
  title: 'Not found',
  status: 404,
  detail: 'There is no such act, or it is not shared with you.',
  reason: { kind: 'notFound', resource: 'act' },
  requestId: 'b1946ac9',
}
