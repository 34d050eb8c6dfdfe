/** The subset of JSON Schema (2020-12) that the document uses. */
export interface JsonSchema {
  type?: string | string[]
  format?: string
  const?: unknown
  enum?: unknown[]
  $ref?: string
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  items?: JsonSchema
  properties?: Record<string, JsonSchema>
  additionalProperties?: JsonSchema | boolean
  required?: string[]
  minimum?: number
  default?: unknown
  description?: string
  examples?: unknown[]
  [keyword: string]: unknown
}

const id = '019b2c3d-4e5f-7a6b-8c7d-9e0f1a2b3c4d'

/** Example values for fields by name. */
const values: Record<string, unknown> = {
  name: 'The Ninth Light',
  as: '$harbour',
  procedure: 'persona.create',
  displayName: 'The Ninth Light',
  description: 'The lighthouse that went dark for one night.',
  body: 'It stands *alone*.',
  search: 'light',
  email: 'wren@example.com',
  firstName: 'Wren',
  lastName: 'Halloran',
  role: 'viewer',
  roles: ['user'],
  permission: 'entity:read',
  permissions: ['entity:read'],
  version: 3,
  limit: 50,
  offset: 0,
  points: [[0.25, 0.5]],
  unit: 'leagues',
  nextCursor: null,
  cursor: 'WyJhY3RzIiwi…',
  logline: 'A keeper has until dawn to relight a lamp that does not want to burn.',
  genre: 'Gothic',
  isbn: '9783161484100',
  publishedOn: '2027-01-31',
  purpose: 'Break the rule that bells follow tides.',
  mood: 'dread',
  happensAt: 'the third bell, midwinter',
  happensOn: '412-01-12',
  bornOn: '380-03',
  diedOn: null,
  madeOn: '350',
  lostOn: null,
  foundedOn: '12',
  ruinedOn: null,
  beganOn: '405-06-01',
  endedOn: null,
  inverseName: 'child of',
  label: 'mother of',
  sentence: 'Wren Halloran has not slept in a bed for six years.',
  reason: 'She tells the story; it is not true.',
  language: 'english',
  epithet: 'the Sleepless',
  pronouns: 'she/her',
  born: 'the year of two floods',
  died: '',
  motivations: 'To learn what her father saw.',
  locationKind: 'lighthouse',
  thingKind: 'bell',
  coordinates: '54.1 N, 3.2 W',
  allowedAddresses: ['203.0.113.0/24'],
  altText: 'A lighthouse at night, its lamp dark.',
  position: 'a0',
  title: 'The Shawshank Redemption',
  released: '1994-10-14',
  rating: 9.3,
  releasedSince: 1990,
  minRating: 9,
  key: 'wl_…',
  masked: 'wl_Ab12Cd…',
  token: 'x'.repeat(43),
  link: `https://worldloom.example.com/join?token=${'x'.repeat(43)}`,
  signedInWith: 'apiKey',
  mediaType: 'image/webp',
  width: 1600,
  height: 1200,
  byteSize: 182_311,
  checksum: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  password: 'four unrelated words here',
  url: 'https://ci.example.com/worldloom',
  events: ['persona.*'],
  event: 'persona.update',
  secret: 'whsec_…',
  next: `${id}:42`,
  since: `${id}:42`,
  requestId: 'b1946ac9-2492-4d23-8bd6-0c8a6a3a8d2e',
  // Null, so that the stream starts from the beginning.
  afterId: null,
}

/** A value that is valid for a schema and makes sense to a reader. */
export function exampleOf(schema: JsonSchema, schemas: Record<string, JsonSchema>, name = ''): unknown {
  if (schema.$ref) return exampleOf(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas, name)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum.includes(values[name]) ? values[name] : schema.enum[0]
  if (name === 'name' && typeof schema.pattern === 'string')
    return schema.pattern.includes(':') ? 'forge:light' : 'smith'
  if (name in values && fits(values[name], schema)) return values[name]
  if (schema.format === 'uuid') return id
  const [alternative] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []
  if (alternative) return exampleOf(alternative, schemas, name)
  if (schema.format === 'date-time') return '2026-11-21T12:00:00.000Z'
  if (schema.format === 'date') return '2027-01-31'
  if (schema.default !== undefined) return schema.default
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object') return exampleObject(schema, schemas)
  if (type === 'array') return [exampleOf(schema.items ?? {}, schemas, name)]
  if (type === 'boolean') return true
  if (type === 'integer' || type === 'number') return Math.max(schema.minimum ?? 1, 1)
  return 'text'
}

/** Whether a value of a name is of a type that the schema has: some names are used for different things. */
function fits(value: unknown, { type, anyOf }: JsonSchema): boolean {
  if (typeof value !== 'string') return true
  if (anyOf) return anyOf.some((each) => each.type === 'string')
  return type === undefined || [type].flat().includes('string')
}

function exampleObject(
  { properties, required, additionalProperties }: JsonSchema,
  schemas: Record<string, JsonSchema>,
): object {
  if (properties) {
    return Object.fromEntries(
      Object.entries(properties).map(([name, field]) => [name, exampleOf(field, schemas, name)]),
    )
  }
  if (typeof additionalProperties !== 'object') return {}
  return Object.fromEntries((required ?? ['scene']).map((name) => [name, exampleOf(additionalProperties, schemas)]))
}
