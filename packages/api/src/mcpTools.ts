import { type Access, checkAccess, type Principal } from '@worldloom/auth'
import { z } from 'zod'
import { listProcedures, type ProcedureEntry } from './listProcedures.ts'
import { appRouter } from './router.ts'

/** A procedure as a tool, as models are told of it. */
export interface McpTool {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly path: string
  readonly type: ProcedureEntry['type']
  readonly access: Access
  /** JSON Schema, an object. */
  readonly inputSchema: { readonly type: 'object'; readonly [keyword: string]: unknown }
  /** Whether it takes something away. */
  readonly isDestructive: boolean
  readonly isProposal: boolean
}

let known: readonly McpTool[] | undefined

/** Every procedure that declares a tool. */
export function mcpTools(): readonly McpTool[] {
  known ??= listProcedures(appRouter).flatMap(({ path, type, access, rest, tool }) =>
    tool && access
      ? {
          name: tool.name,
          title: rest?.summary ?? tool.name,
          description: tool.description,
          path,
          type,
          access,
          inputSchema: inputSchemaOf(path),
          isDestructive: rest?.method === 'DELETE',
          isProposal: tool.isProposal ?? false,
        }
      : [],
  )
  return known
}

/** Those that somebody may call, with the credential that they have shown. */
export function toolsFor(principal: Principal): McpTool[] {
  return mcpTools().filter(({ access }) => {
    if (access.credentials === 'none') return true
    try {
      checkAccess(principal, access)
      return true
    } catch {
      // Why not is said to who calls it nonetheless.
      return false
    }
  })
}

function inputSchemaOf(path: string): McpTool['inputSchema'] {
  const procedures: Readonly<Record<string, { readonly _def: { readonly inputs?: readonly unknown[] } }>> = appRouter
    ._def.procedures as never // tRPC does not type what a procedure was built with
  const [input] = procedures[path]?._def.inputs ?? []
  if (!(input instanceof z.ZodType)) return { type: 'object', properties: {}, additionalProperties: false }
  // What is sent, before anything is converted. What JSON Schema cannot say, the procedure checks.
  const { $schema: _, ...schema } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
  return { ...schema, type: 'object' }
}
