import { z } from 'zod'
import { edgeSources, type Graph, type GraphEdge, type GraphNode } from './connected.ts'
import { entityKinds } from './entity/kinds.ts'
import { idField } from './ids.ts'
import { structureNames } from './link.ts'

/** How many entries a graph can show. */
export const maxGraphNodes = 2000

const graphFilters = {
  kinds: z.array(z.enum(entityKinds)).max(entityKinds.length, `At most ${entityKinds.length}`).optional(),
  /** Only entries with one of these tags. */
  tags: z.array(idField).max(50, 'At most 50').optional(),
  /** Only links of these kinds. */
  linkKinds: z.array(idField).max(200, 'At most 200').optional(),
  /** Only edges from these: links, mentions and what the model itself has. */
  sources: z.array(z.enum(edgeSources)).max(3, 'At most 3').optional(),
  /** Only what is there and known at the moment of this scene. */
  atScene: idField.optional(),
  limit: z
    .int('Must be a whole number')
    .min(1, 'Must be at least 1')
    .max(maxGraphNodes, `Must be at most ${maxGraphNodes}`)
    .default(200),
}

export const graphAroundInput = z.strictObject({
  id: idField,
  depth: z.int('Must be a whole number').min(1, 'Must be at least 1').max(3, 'Must be at most 3').default(1),
  ...graphFilters,
})
export const graphWorldInput = z.strictObject({ worldId: idField, ...graphFilters })

export const graphNode = z
  .object({
    id: idField,
    kind: z.enum(entityKinds),
    name: z.string(),
    displayName: z.string(),
    isPlaceholder: z.boolean(),
    /** How many edges it has in the whole world, as of some seconds ago. */
    degree: z.int(),
    /** How many steps it is from the middle; 0 in the graph of a world. */
    distance: z.int(),
    /** Whether it has ended at the moment that was asked for: has died, was lost, is in ruins. */
    isOver: z.boolean(),
  })
  .meta({ id: 'GraphNode' }) satisfies z.ZodType<GraphNode>
export const graphEdge = z
  .object({
    fromId: idField,
    toId: idField,
    source: z.enum(edgeSources),
    linkId: idField.nullable(),
    linkKindId: idField.nullable(),
    structure: z.enum(structureNames).nullable(),
  })
  .meta({ id: 'GraphEdge' }) satisfies z.ZodType<GraphEdge>
export const graphAnswer = z
  .object({
    nodes: z.array(graphNode),
    edges: z.array(graphEdge),
    /** Whether there is more than was asked for: the least connected were left out. */
    isCut: z.boolean(),
  })
  .meta({ id: 'Graph' }) satisfies z.ZodType<Graph>
