import { checkAccess, type Principal } from '@worldloom/auth'
import { toWorldloomError } from '@worldloom/db'
import {
  BadInputError,
  ConflictError,
  type EntityDefinition,
  entities,
  entityKinds,
  idField,
  NotFoundError,
} from '@worldloom/schema'
import {
  type AnyEntity,
  findEntity,
  findEntityByName,
  findSceneParts,
  findWorldById,
  outlineStory,
  readsEntities,
  selectReadableOfAnyKind,
} from '@worldloom/worlds'
import { type ToolSet, tool } from 'ai'
import { sql } from 'kysely'
import { z } from 'zod'
import { proposableKinds } from './instructions.ts'
import { type ProposalScope, proposeCreation, proposeUpdate } from './proposals.ts'

/** On whose behalf tools run, and in which world. No argument reaches beyond this. */
export interface ToolOptions extends Omit<ProposalScope, 'principal'> {
  /** The person asking, looked up again. @throws {InvalidCredentialError} */
  readonly recheck: () => Promise<Principal>
  /** Called with unexpected errors, which the model does not see. */
  readonly onError: (error: unknown) => void
}

/** How many characters of a body the model gets at once. */
const longestBody = 12_000
const mostFound = 40

const kindField = z.enum(entityKinds)

/**
 * The model's tools in the world of a conversation: reading, with the permissions of the person asking, and proposing.
 * Errors are returned to the model, so that it can try again.
 */
export function worldTools(options: ToolOptions): ToolSet {
  return {
    searchWorld: tool({
      description:
        'Finds entries of the world by words in their names and texts, the best first; without a query those that were changed last. Answers ids, names and descriptions.',
      inputSchema: z.strictObject({
        query: z.string().max(500).default('').describe('Words; any of them is enough'),
        kind: kindField.optional().describe('Only entries of this kind'),
        limit: z.int().min(1).max(mostFound).default(15),
      }),
      execute: (input) => reading(options, (scope) => searchWorld(scope, input)),
    }),

    readEntity: tool({
      description: 'Reads one entry of the world whole: by its id, or by kind and exact name.',
      inputSchema: z.strictObject({
        id: idField.optional(),
        kind: kindField.optional(),
        name: z.string().max(255).optional(),
      }),
      execute: (input) => reading(options, (scope) => readEntity(scope, input)),
    }),

    storyOutline: tool({
      description: 'Reads the acts and scenes of a story in their order, with place and cast of each scene.',
      inputSchema: z.strictObject({ storyId: idField }),
      execute: ({ storyId }) =>
        reading(options, async (scope) => {
          const outline = await outlineStory(scope.db, scope.principal, storyId)
          if (outline.worldId !== scope.worldId) throw new NotFoundError('story')
          return { kind: 'story', ...outline }
        }),
    }),

    proposeCreate: tool({
      description:
        'Proposes a new entry. Nothing is written: the author sees a card and confirms or dismisses it. Only where the author asked for it.',
      inputSchema: z.strictObject({
        kind: z.enum(proposableKinds),
        fields: z
          .record(z.string(), z.unknown())
          .describe('name (required), and other fields of the kind by their names'),
      }),
      execute: ({ kind, fields }) => reading(options, (scope) => proposeCreation(scope, entities[kind], fields)),
    }),

    proposeUpdate: tool({
      description:
        'Proposes to change fields of an entry. Nothing is written: the author sees a card and confirms or dismisses it. Only where the author asked for it.',
      inputSchema: z.strictObject({
        id: idField,
        fields: z.record(z.string(), z.unknown()).describe('Only the fields to change, by their names'),
      }),
      execute: ({ id, fields }) =>
        reading(options, async (scope) => {
          const { definition, entity } = await requireEntity(scope, id)
          return await proposeUpdate(scope, definition, entity, fields)
        }),
    }),
  }
}

/**
 * The same checks as for a reading procedure: the caller's current state, the permission, the key's reach, the world.
 */
async function reading<Answer>(options: ToolOptions, read: (scope: ProposalScope) => Promise<Answer>): Promise<Answer> {
  try {
    const principal = checkAccess(await options.recheck(), readsEntities)
    await findWorldById(options.db, principal, options.worldId)
    return await read({ ...options, principal })
  } catch (error) {
    const known = toWorldloomError(error)
    if (known) throw known
    options.onError(error)
    throw new ConflictError('That did not work. Try again.')
  }
}

async function searchWorld(
  { db, principal, worldId }: ProposalScope,
  { query, kind, limit }: { query: string; kind?: (typeof entityKinds)[number] | undefined; limit: number },
) {
  const words =
    query
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, 12) ?? []
  // entities_search_idx; every word also matches as a prefix
  const wanted = sql`to_tsquery('simple', ${words.map((word) => `${word}:*`).join(' | ')})`
  let found = selectReadableOfAnyKind(db, principal.user.id)
    .where('entities.worldId', '=', worldId)
    .select(['entities.id', 'entities.kind', 'entities.name', 'entities.displayName'])
    .select(sql<string>`left(entities.description, 400)`.as('description'))
    .limit(limit)
  if (kind) found = found.where('entities.kind', '=', kind)
  found =
    words.length > 0
      ? found
          .where(sql<boolean>`entities.search @@ ${wanted}`)
          .orderBy(sql`ts_rank(entities.search, ${wanted})`, 'desc')
          .orderBy('entities.id')
      : found.orderBy('entities.updatedAt', 'desc').orderBy('entities.id', 'desc')
  return { found: await found.execute() }
}

async function readEntity(
  scope: ProposalScope,
  {
    id,
    kind,
    name,
  }: { id?: string | undefined; kind?: (typeof entityKinds)[number] | undefined; name?: string | undefined },
) {
  const { db, principal, worldId } = scope
  if (!id && !(kind && name)) throw new BadInputError({ id: ['Give an id, or a kind and a name'] })
  const entity = id
    ? (await requireEntity(scope, id)).entity
    : await findEntityByName(db, principal, entities[kind ?? 'story'], { worldId, name: name ?? '' })
  const { body, ...rest } = entity as AnyEntity & { body: string } // every kind has one
  return {
    ...rest,
    body: body.length > longestBody ? `${body.slice(0, longestBody).toWellFormed()} … (cut off)` : body,
    ...(entity.kind === 'scene' && (await findSceneParts(db, principal, entity.id))),
  }
}

/** An entry of this conversation's world only, not of others that the caller may see. @throws {NotFoundError} */
async function requireEntity(
  { db, principal, worldId }: ProposalScope,
  id: string,
): Promise<{ definition: EntityDefinition; entity: AnyEntity }> {
  const found = await selectReadableOfAnyKind(db, principal.user.id)
    .where('entities.id', '=', id)
    .where('entities.worldId', '=', worldId)
    .select('entities.kind')
    .executeTakeFirstOrThrow(() => new NotFoundError('entry'))
  const definition: EntityDefinition = entities[found.kind]
  return { definition, entity: await findEntity(db, principal, definition, id) }
}
