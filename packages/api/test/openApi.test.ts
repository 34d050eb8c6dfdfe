import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { appRouter, listProcedures, openApiDocument } from '../src/index.ts'

const document = openApiDocument('https://worldloom.example.com')
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

test('a strict validator accepts the document as OpenAPI 3.1', async () => {
  const result = await new Validator().validate(JSON.parse(JSON.stringify(document)))
  expect(result.errors ?? []).toEqual([])
  expect(result.valid).toBe(true)
  expect(document.openapi).toBe('3.1.0')
})

test('making it leaves the schemas as they are: what /trpc takes is not coerced from then on', async () => {
  const inputs = listProcedures(appRouter).map(({ path }) => path)
  expect(inputs.length).toBeGreaterThan(100)
  const again = openApiDocument('https://worldloom.example.com')
  expect(again).toEqual(document)
  const { inputs: schemas } = (
    appRouter.act.list as unknown as { _def: { inputs: { safeParse(v: unknown): { success: boolean } }[] } }
  )._def
  expect(schemas[0]?.safeParse({ worldId: '019b2c3d-4e5f-7a6b-8c7d-9e0f1a2b3c4d', limit: '5' }).success).toBe(false)
})

test('every list takes the direction that the query bindings send with each page', () => {
  const inputs = Object.entries<unknown>(appRouter._def.procedures).flatMap(([path, procedure]) => {
    const [input] = (procedure as { _def: { inputs: { shape?: Record<string, z.ZodType> }[] } })._def.inputs // see above
    return input?.shape?.cursor ? [{ path, direction: input.shape.direction }] : []
  })
  expect(inputs.length).toBeGreaterThan(15)
  for (const { path, direction } of inputs) {
    expect(direction?.safeParse('forward').success, path).toBe(true)
    expect(direction?.safeParse('in').success, path).toBe(false)
  }
})

test('tuples say how long they are in the words of every generator of clients', () => {
  const tuples: Record<string, unknown>[] = []
  JSON.stringify(document, (_key, value) => {
    if (value?.prefixItems) tuples.push(value)
    expect(value?.items).not.toBe(false)
    return value
  })
  expect(tuples.length).toBeGreaterThan(3)
  for (const tuple of tuples) expect(tuple).toMatchObject({ minItems: 2, maxItems: 2, items: { type: 'number' } })
})

test('every operation has an id of its own, a summary, a tag, a sentence for what can go wrong, and says who may call it', () => {
  const ids = operations.map(({ operation }) => operation.operationId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { operation } of operations) {
    expect(operation.summary).toBeTruthy()
    expect(operation.tags).toHaveLength(1)
    expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['400', '404', '429', '503']))
    // Anybody may call the one that only shows something.
    if (operation.operationId === 'examplesDeprecated') expect(operation.security).toEqual([])
    else expect(operation.security?.length).toBeGreaterThan(0)
  }
})

describe('every example is what its schema says', () => {
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  ajv.addSchema(document, 'api')
  const pointer = (...names: string[]) =>
    `api#/${names.map((name) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`

  test.each(Object.keys(document.components.schemas))('%s', (name) => {
    const validate = ajv.getSchema(pointer('components', 'schemas', name))
    const [example] = document.components.schemas[name]?.examples ?? []
    expect(validate?.(example), ajv.errorsText(validate?.errors)).toBe(true)
  })

  test.each(operations.filter(({ operation }) => operation.requestBody?.content['application/json']))(
    'the body of $method $path',
    (entry) => {
      const { path, method, operation } = entry
      const validate = ajv.getSchema(
        pointer('paths', path, method, 'requestBody', 'content', 'application/json', 'schema'),
      )
      const example = operation.requestBody?.content['application/json']?.example
      expect(validate?.(example), ajv.errorsText(validate?.errors)).toBe(true)
    },
  )
})
