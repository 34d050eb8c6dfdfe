import type { TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server'
import {
  type EntityDefinition,
  type EntityKind,
  entityByIdInput,
  entityByNameInput,
  entityContents,
  entityDeleted,
  entityDeleteInput,
  entityReadInput,
  entityRestoreInput,
  kindsWithin,
  listOf,
  pageOf,
  type TableQuery,
  type TableRowExtras,
  type TableRowsInput,
  type TableTally,
  tableTally,
} from '@worldloom/schema'
import {
  countWithin,
  createEntity,
  createsEntities,
  deleteEntity,
  deletesEntities,
  type EntityRow,
  type EntitySummary,
  findEntityAsOf,
  findEntityAtScene,
  findEntityByName,
  listEntities,
  listEntitiesAsOf,
  listTableRows,
  readsEntities,
  restoreEntity,
  tallyTable,
  updateEntity,
  updatesEntities,
} from '@worldloom/worlds'
import type { z } from 'zod'
import { once } from './idempotency.ts'
import type { ToolDeclaration } from './tools.ts'
import { type ProcedureMeta, procedure, writerIn } from './trpc.ts'

type Query<Input, Output> = TRPCQueryProcedure<{ meta: ProcedureMeta; input: Input; output: Output }>
type Mutation<Input, Output> = TRPCMutationProcedure<{ meta: ProcedureMeta; input: Input; output: Output }>

/**
 * The procedures of every kind. Plain types, not inferred from the builders below, keep completion fast however many
 * kinds there are, and keep the schemas out of the types that clients carry.
 */
export interface EntityProcedures<Row, Summary, List, Create, Update> {
  byId: Query<{ id: string; asOf?: string | undefined; atScene?: string | undefined }, Row>
  byName: Query<{ worldId: string; name: string }, Row>
  list: Query<List, { items: Summary[]; nextCursor: string | null }>
  /** Rows of a table in any order, from an offset on. */
  table: Query<TableRowsInput, { items: (Summary & TableRowExtras)[] }>
  /** How many rows a table has, and its groups. */
  tally: Query<TableQuery, TableTally>
  create: Mutation<Create, Row>
  update: Mutation<Update, Row>
  delete: Mutation<{ id: string; version: number }, { id: string; along: number }>
  restore: Mutation<{ id: string }, Row>
  /** How much would go into the trash with an entry. */
  contents: Query<{ id: string }, { total: number; kinds: Partial<Record<EntityKind, number>> }>
}

type ProceduresOf<Definition extends EntityDefinition> = EntityProcedures<
  EntityRow<Definition>,
  EntitySummary<Definition>,
  z.input<Definition['listInput']>,
  z.input<Definition['createInput']>,
  z.input<Definition['updateInput']>
>

/** Builds the procedures of a kind from its definition. */
export function entityProcedures<Definition extends EntityDefinition>(
  definition: Definition,
): ProceduresOf<Definition> {
  const { kind, plural, wording, summary, answer } = definition
  const { one, many } = wording
  const within = kindsWithin(kind).length > 0
  const article = /^[aeiou]/.test(one) ? 'an' : 'a'
  const procedures = {
    byId: procedure(
      readsEntities,
      {
        method: 'GET',
        path: `/${plural}/{id}`,
        summary: `Get ${article} ${one}`,
        answer,
      },
      toolOf(`get_${kind}`, `Reads ${article} ${one} by its id, whole: its texts, its fields and its version.`),
    )
      .input(entityReadInput)
      .query(({ ctx, input: { id, asOf, atScene } }) => {
        if (atScene) return findEntityAtScene(ctx.db, ctx.principal, definition, { id, asOf, atScene })
        return asOf
          ? findEntityAsOf(ctx.db, ctx.principal, definition, { id, asOf })
          : ctx.entities.load(ctx.principal, { definition, id })
      }),

    byName: procedure(readsEntities, {
      method: 'GET',
      path: `/${plural}/by-name`,
      summary: `Get ${article} ${one} by name`,
      answer,
    })
      .input(entityByNameInput)
      .query(({ ctx, input }) => findEntityByName(ctx.db, ctx.principal, definition, input)),

    list: procedure(
      readsEntities,
      {
        method: 'GET',
        path: `/${plural}`,
        summary: `List ${many}`,
        answer: pageOf(summary),
      },
      toolOf(
        `list_${plural}`,
        `Lists the ${many} of a world, a page at a time, with their ids and descriptions. To find something by words, use search_entries.`,
      ),
    )
      .input(definition.listInput)
      .query(({ ctx, input }) =>
        isPast(input)
          ? listEntitiesAsOf(ctx.db, ctx.principal, definition, input)
          : listEntities(ctx.db, ctx.principal, definition, input as ListInput),
      ),

    table: procedure(readsEntities, {
      method: 'POST',
      path: `/${plural}/table`,
      summary: `List ${many} as rows of a table`,
      answer: listOf(definition.row),
    })
      .input(definition.tableInput)
      .query(({ ctx, input }) => listTableRows(ctx.db, ctx.principal, definition, input)),

    tally: procedure(readsEntities, {
      method: 'POST',
      path: `/${plural}/tally`,
      summary: `Count the rows of a table of ${many}, and its groups`,
      answer: tableTally,
    })
      .input(definition.tallyInput)
      .query(({ ctx, input }) => tallyTable(ctx.db, ctx.principal, definition, input)),

    create: procedure(
      createsEntities,
      {
        method: 'POST',
        path: `/${plural}`,
        summary: `Create ${article} ${one}`,
        answer,
        creates: `/${plural}/{id}`,
        once: true,
      },
      kind === 'image'
        ? undefined
        : toolOf(
            `create_${kind}`,
            `Creates ${article} ${one} in a world. Do so only when whoever you work for has asked for it.`,
          ),
    )
      .input(definition.createInput)
      .mutation(({ ctx, input }) =>
        once(ctx, `${kind}.create`, input, (db) => createEntity(db, writerIn(ctx), definition, input as CreateInput)),
      ),

    update: procedure(
      updatesEntities,
      {
        method: 'PATCH',
        path: `/${plural}/{id}`,
        summary: `Update ${article} ${one}`,
        answer,
      },
      toolOf(
        `update_${kind}`,
        `Changes fields of ${article} ${one}. Takes the version that you have read: if somebody has changed the same fields since, it is refused with what they are now. Do so only when whoever you work for has asked for it.`,
      ),
    )
      .input(definition.updateInput)
      .mutation(({ ctx, input }) => updateEntity(ctx.db, writerIn(ctx), definition, input as UpdateInput)),

    delete: procedure(deletesEntities, {
      method: 'DELETE',
      path: `/${plural}/{id}`,
      summary: `Move ${article} ${one}${within ? ' and its contents' : ''} to the trash`,
      answer: entityDeleted,
    })
      .input(entityDeleteInput)
      .mutation(({ ctx, input }) => deleteEntity(ctx.db, writerIn(ctx), definition, input)),

    restore: procedure(deletesEntities, {
      method: 'POST',
      path: `/${plural}/{id}/restore`,
      summary: `Restore ${article} ${one}${within ? ' and its contents' : ''} from the trash`,
      answer,
    })
      .input(entityRestoreInput)
      .mutation(({ ctx, input }) => restoreEntity(ctx.db, writerIn(ctx), definition, input.id)),

    contents: procedure(readsEntities, {
      method: 'GET',
      path: `/${plural}/{id}/contents`,
      summary: `Count the contents of ${article} ${one}`,
      answer: entityContents,
    })
      .input(entityByIdInput)
      .query(({ ctx, input }) => countWithin(ctx.db, ctx.principal, definition, input.id)),
  }
  // The schemas above come from the definition, so inputs and outputs match it.
  return procedures as unknown as ProceduresOf<Definition>
}

function toolOf(name: string, description: string): ToolDeclaration {
  return { name, description }
}

function isPast(input: Record<string, unknown>): input is Parameters<typeof listEntitiesAsOf>[3] {
  return input.asOf !== undefined // which is the only difference
}

// The parsed inputs of any definition. They can't be typed more precisely while it may be any of them.
type ListInput = Parameters<typeof listEntities>[3]
type CreateInput = Parameters<typeof createEntity>[3]
type UpdateInput = Parameters<typeof updateEntity>[3]
