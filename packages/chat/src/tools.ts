import { type Actor, checkAccess, type Principal } from '@worldloom/auth'
import { toWorldloomError } from '@worldloom/db'
import { ConflictError, changeSetCreateInput, entities, entityKinds, idField, proposableKinds } from '@worldloom/schema'
import { findSceneView, findWorldById, proposeChanges, proposesChanges, readsEntities } from '@worldloom/worlds'
import { type ToolSet, tool } from 'ai'
import { z } from 'zod'
import { cleanJson } from './cleanText.ts'
import { noteOnProposal, type ProposalScope, proposeCreation, proposeUpdate, requireFew } from './proposals.ts'
import {
  mostFound,
  outlineOf,
  type ReadingScope,
  readConnections,
  readContinuity,
  readEntity,
  readLinkKinds,
  readTimeline,
  requireEntity,
  searchWorld,
} from './readingTools.ts'

/** On whose behalf tools run, and in which world. No argument reaches beyond this. */
export interface ToolOptions extends Omit<ProposalScope, 'principal'> {
  /** The scene at whose moment the conversation is held, if any. */
  readonly atSceneId: string | null
  /** The person asking, looked up again. @throws {InvalidCredentialError} */
  readonly recheck: () => Promise<Principal>
  /** The person asking, as the logs name them. */
  readonly actor: Actor
  /** Where people open the app. */
  readonly publicUrl: string
  /** Called with unexpected errors, which the model does not see. */
  readonly onError: (error: unknown) => void
}

const kindField = z.enum(entityKinds)

/**
 * The model's tools in the world of a conversation: reading, with the permissions of the person asking, and proposing.
 * Errors are returned to the model, so that it can try again. At the moment of a scene, there are only those that read
 * what is known and holds then.
 */
export function worldTools(options: ToolOptions): ToolSet {
  return options.atSceneId ? readingTools(options) : { ...readingTools(options), ...tellingAllTools(options) }
}

function readingTools(options: ToolOptions): ToolSet {
  return {
    searchWorld: tool({
      description:
        'Finds entries of the world by words in their names and texts, the best first, also with typos; without a query those that were changed last. Answers ids, names, descriptions and the words around what was found.',
      inputSchema: z.strictObject({
        query: z
          .string()
          .max(500)
          .default('')
          .describe('Words that all have to be there; "several words" in quotes, and -word for what must not be there'),
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

    readConnections: tool({
      description:
        'Reads what an entry is linked with (family, friends, owners, places, casts) and which texts mention it, with the sentence.',
      inputSchema: z.strictObject({ id: idField }),
      execute: ({ id }) => reading(options, (scope) => readConnections(scope, id)),
    }),

    timeline: tool({
      description:
        'Reads what happens in the world in the order of its own time: scenes, births and deaths, what is made and lost, when links begin and end; with ages.',
      inputSchema: z.strictObject({
        from: z.string().max(200).optional().describe('A date in the calendar of the world'),
        to: z.string().max(200).optional().describe('A date in the calendar of the world'),
        of: idField.optional().describe('Only what concerns this entry'),
      }),
      execute: (input) => reading(options, (scope) => readTimeline(scope, input)),
    }),

    storyOutline: tool({
      description: 'Reads the acts and scenes of a story in their order, with place and cast of each scene.',
      inputSchema: z.strictObject({ storyId: idField }),
      execute: ({ storyId }) => reading(options, (scope) => outlineOf(scope, storyId)),
    }),
  }
}

/** Those that tell of all that will be, and those that propose changes. */
function tellingAllTools(options: ToolOptions): ToolSet {
  /** How many sets of changes this answer has proposed. */
  let count = 0
  return {
    checkContinuity: tool({
      description:
        'Lists the contradictions in the world that follow from its dates, links and mentions: somebody who acts after their death, is in two places at one time, and so on.',
      inputSchema: z.strictObject({}),
      execute: () => reading(options, readContinuity),
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

    linkKinds: tool({
      description: 'Lists the kinds of links that the world has, with their ids, which links are proposed with.',
      inputSchema: z.strictObject({}),
      execute: () => reading(options, readLinkKinds),
    }),

    proposeChanges: tool({
      description:
        'Proposes several changes that belong together, up to 50: new entries, links between entries, also new ones, changes and deletions. Nothing is written: the author sees all of it and confirms or dismisses it as a whole. Only where the author asked for it.',
      inputSchema: changeSetCreateInput.omit({ worldId: true }),
      execute: (input) =>
        reading(options, async (scope) => {
          const { db, actor, publicUrl } = options
          checkAccess(scope.principal, proposesChanges)
          requireFew(count)
          const cleaned = changeSetCreateInput.parse({ ...(cleanJson(input) as object), worldId: scope.worldId }) // an object stays one
          const { id } = await proposeChanges(db, { principal: scope.principal, actor }, publicUrl, cleaned)
          count++
          return { changeSetId: id, note: noteOnProposal }
        }),
    }),
  }
}

/**
 * The same checks as for a reading procedure: the caller's current state, the permission, the key's reach, the world. At the
 * moment of a scene, what may be told is worked out anew for each call, as the author may mark a spoiler meanwhile.
 */
async function reading<Answer>(
  options: ToolOptions,
  read: (scope: ProposalScope & ReadingScope) => Promise<Answer>,
): Promise<Answer> {
  const { db, worldId, atSceneId } = options
  try {
    const principal = checkAccess(await options.recheck(), readsEntities)
    await findWorldById(db, principal, worldId)
    const view = atSceneId ? await findSceneView(db, principal, atSceneId, worldId) : undefined
    return await read({ ...options, principal, view })
  } catch (error) {
    const known = toWorldloomError(error)
    if (known) throw known
    options.onError(error)
    throw new ConflictError('That did not work. Try again.')
  }
}
