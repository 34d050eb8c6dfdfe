import { type EntityDefinition, entities } from '@worldloom/schema'
import { type OpenApiDocument, openApiDocument } from './openApi.ts'

/** https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html, as far as it is used here. */
interface Request {
  readonly method: string
  readonly header: { readonly key: string; readonly value: string }[]
  readonly url: string
  readonly description?: string | undefined
  readonly body?: { readonly mode: 'raw'; readonly raw: string; readonly options: object }
}
interface Item {
  readonly name: string
  readonly request: Request
  readonly event: { readonly listen: 'test'; readonly script: { readonly type: string; readonly exec: string[] } }[]
}
interface Folder {
  readonly name: string
  readonly description?: string
  readonly item: (Item | Folder)[]
}
export interface PostmanCollection extends Folder {
  readonly info: object
  readonly auth: object
  readonly variable: { readonly key: string; readonly value: string }[]
}

type Operation = NonNullable<OpenApiDocument['paths'][string]>[string]

/**
 * The REST API as a Postman collection (v2.1): a walkthrough of a world that can be run from start to end, and every
 * operation with an example. Set `baseUrl` and `apiKey`; the walkthrough finds the ids itself.
 */
export function postmanCollection(): PostmanCollection {
  const document = openApiDocument('http://localhost:3000')
  return {
    name: 'Worldloom',
    info: {
      name: 'Worldloom',
      description: 'Made of the OpenAPI document. Set the variables baseUrl and apiKey.',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: {
      type: 'apikey',
      apikey: [
        { key: 'key', value: 'X-API-Key' },
        { key: 'value', value: '{{apiKey}}' },
        { key: 'in', value: 'header' },
      ],
    },
    variable: [
      { key: 'baseUrl', value: 'http://localhost:3000' },
      { key: 'apiKey', value: '' },
    ],
    item: [
      {
        name: 'A walk through a world',
        description:
          'In this order: makes a world, one of everything in it, changes and deletes it, and takes it back.',
        item: walk(document),
      },
      {
        name: 'Every operation',
        description: 'By what it is about, with examples.',
        item: (document.tags ?? []).map(({ name }) => ({ name, item: operationsOf(document, name) })),
      },
    ],
  }
}

/** Kinds in an order in which each can refer to those before it. */
function kindsInOrder(): EntityDefinition[] {
  const rest: EntityDefinition[] = Object.values(entities)
  const ordered: EntityDefinition[] = []
  while (rest.length > 0) {
    const next = rest.findIndex(({ parent }) => !parent?.required || ordered.some(({ kind }) => kind === parent.kind))
    ordered.push(...rest.splice(Math.max(next, 0), 1))
  }
  return ordered
}

function walk(document: OpenApiDocument): Item[] {
  const definitions = kindsInOrder()
  const resources = [{ kind: 'world', plural: 'worlds', parent: undefined }, ...definitions]
  return [
    step(document, 'GET', '/me', 200, keep('userId', 'id')),
    ...resources.flatMap(({ kind, plural, parent }) => {
      const id = `${kind}Id`
      const inside = {
        ...(kind !== 'world' && { worldId: '{{worldId}}' }),
        ...(parent?.required && { [parent.field]: `{{${parent.kind}Id}}` }),
      }
      const inWorld = kind === 'world' ? '' : '&worldId={{worldId}}'
      return [
        step(document, 'POST', `/${plural}`, 201, [...keep(id, 'id'), ...keep(`${kind}Name`, 'name')], {
          body: { ...inside, name: `A ${kind} of {{$timestamp}}`, description: 'Made by a walk.' },
        }),
        step(document, 'GET', `/${plural}/{id}`, 200, keepTag(kind), { id }),
        step(document, 'GET', `/${plural}`, 200, [], { query: `?limit=10${inWorld}` }),
        step(document, 'GET', `/${plural}/by-name`, 200, [], { query: `?name={{${kind}Name}}${inWorld}` }),
        step(document, 'PATCH', `/${plural}/{id}`, 200, keepTag(kind), {
          id,
          tag: kind,
          body: { description: 'Changed by a walk.' },
        }),
        step(document, 'PATCH', `/${plural}/{id}`, 412, [], { id, tag: 'stale', body: { description: 'Too late.' } }),
      ]
    }),
    step(document, 'GET', '/stories/{id}/outline', 200, [], { id: 'storyId' }),
    step(document, 'GET', '/worlds/{id}/overview', 200, [], { id: 'worldId' }),
    ...definitions
      .toReversed()
      .flatMap(({ kind, plural }) => [
        step(document, 'GET', `/${plural}/{id}`, 200, keepTag(kind), { id: `${kind}Id` }),
        step(document, 'DELETE', `/${plural}/{id}`, 200, [], { id: `${kind}Id`, tag: kind }),
        step(document, 'GET', `/${plural}/{id}`, 404, [], { id: `${kind}Id` }),
      ]),
    step(document, 'GET', '/worlds/{id}/trash', 200, [], { id: 'worldId' }),
    ...definitions.map(({ kind, plural }) =>
      step(document, 'POST', `/${plural}/{id}/restore`, 200, [], { id: `${kind}Id` }),
    ),
    step(document, 'GET', '/movies', 200, keep('movieId', 'items[0].movieId'), {
      query: '?releasedSince=1990&minRating=9',
    }),
    step(document, 'GET', '/movies/{movieId}', 200, []),
    step(document, 'GET', '/worlds/{id}', 200, keepTag('world'), { id: 'worldId' }),
    step(document, 'DELETE', '/worlds/{id}', 200, [], { id: 'worldId', tag: 'world' }),
  ]
}

interface Options {
  /** The variable that holds the id. */
  readonly id?: string
  /** The entity whose version a change is based on. */
  readonly tag?: string
  readonly query?: string
  readonly body?: object
}

function step(
  document: OpenApiDocument,
  method: string,
  path: string,
  status: number,
  afterwards: readonly string[],
  { id, tag, query = '', body }: Options = {},
): Item {
  const operation = document.paths[path]?.[method.toLowerCase()]
  if (!operation) throw new Error(`there is no ${method} ${path} to walk over`)
  const version = tag === 'stale' ? '"9999"' : `{{${tag}Tag}}`
  const target = path.replace('{id}', `{{${id}}}`).replace(/(?<!\{)\{(\w+)\}(?!\})/g, '{{$1}}')
  return item(
    `${operation.summary ?? path}${status >= 400 ? `: ${status}` : ''}`,
    {
      method,
      url: `{{baseUrl}}/api/v1${target}${query}`,
      header: tag ? [{ key: 'If-Match', value: version }] : [],
      body,
    },
    [`pm.test('answers ${status}', () => pm.response.to.have.status(${status}))`, ...afterwards],
  )
}

/** Stores values from a response for later requests. */
function keep(variable: string, property: string): string[] {
  return [`pm.collectionVariables.set('${variable}', pm.response.json().${property})`]
}

function keepTag(kind: string): string[] {
  return [`pm.collectionVariables.set('${kind}Tag', pm.response.headers.get('ETag'))`]
}

function operationsOf(document: OpenApiDocument, tag: string): Item[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.tags?.includes(tag))
      .map(([method, operation]) => example(path, method.toUpperCase(), operation)),
  )
}

function example(path: string, method: string, operation: Operation): Item {
  const parameters = operation.parameters ?? []
  const sent = ({ schema }: (typeof parameters)[number]) => String(schema.examples?.[0] ?? '')
  const required = (place: string) => parameters.filter((parameter) => parameter.in === place && parameter.required)
  const target = required('path').reduce(
    (text, parameter) => text.replace(`{${parameter.name}}`, encodeURIComponent(sent(parameter))),
    path,
  )
  const query = required('query').map((parameter) => `${parameter.name}=${encodeURIComponent(sent(parameter))}`)
  const answers = Object.keys(operation.responses)
  return item(
    operation.summary ?? path,
    {
      method,
      url: `{{baseUrl}}/api/v1${target}${query.length > 0 ? `?${query.join('&')}` : ''}`,
      header: required('header').map((parameter) => ({ key: parameter.name, value: sent(parameter) })),
      body: operation.requestBody?.content['application/json']?.example,
      description: operation.description,
    },
    [`pm.test('answers as documented', () => pm.expect(pm.response.code).to.be.oneOf([${answers.join(', ')}]))`],
  )
}

function item(
  name: string,
  { body, header, ...request }: Omit<Request, 'body'> & { readonly body?: unknown },
  exec: string[],
): Item {
  return {
    name,
    request: {
      ...request,
      header: body === undefined ? header : [...header, { key: 'Content-Type', value: 'application/json' }],
      ...(body !== undefined && {
        body: {
          mode: 'raw' as const,
          raw: JSON.stringify(body, null, 2),
          options: { raw: { language: 'json' } },
        },
      }),
    },
    event: [{ listen: 'test', script: { type: 'text/javascript', exec } }],
  }
}
