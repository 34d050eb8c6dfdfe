import { type CallToolResult, ResourceNotFoundError, Server } from '@modelcontextprotocol/server'
import { type McpTool, publicError, toolsFor, toTRPCError } from '@worldloom/api'
import { entityKinds } from '@worldloom/schema'
import { materialNotice } from './material.ts'
import { promptMessages, prompts } from './prompts.ts'
import { type McpCaller, readResource } from './resources.ts'

const instructions = `Worldloom keeps fictional worlds: stories, personas, places, and what connects them.
${materialNotice}
Find entries with search_entries and read them before you say something about them. Refer to them by name, not by id.
Dates within a world are in its own calendar.
Change something only when whoever you work for has asked for it. With propose_changes a person sees it first and decides; what you write yourself can be
undone in the history of its world.`

const mimeType = 'text/markdown'

/**
 * What models are offered for one request: the procedures that declare a tool and that the caller may call, worlds and entries as resources, and
 * prompts. Everything goes through procedures, with their access, limits and errors.
 *
 * @see https://modelcontextprotocol.io/specification/2026-07-28
 */
export function worldloomMcp(caller: McpCaller): Server {
  const server = new Server(
    { name: 'worldloom', title: 'Worldloom', version: '1.0.0' },
    { capabilities: { tools: {}, resources: {}, prompts: {} }, instructions },
  )
  const tools = toolsFor(caller.principal)

  server.setRequestHandler('tools/list', () => ({
    tools: tools.map(({ name, title, description, inputSchema, type, isDestructive }) => ({
      ...{ name, title, description, inputSchema },
      annotations: {
        title,
        readOnlyHint: type === 'query',
        destructiveHint: isDestructive,
        idempotentHint: type === 'query',
        // Worldloom is all that it reaches.
        openWorldHint: false,
      },
    })),
  }))

  server.setRequestHandler('tools/call', async ({ params }): Promise<CallToolResult> => {
    const tool = tools.find(({ name }) => name === params.name)
    if (!tool || tool.type === 'subscription') {
      return failure(`There is no tool ${params.name}, or what you signed in with may not use it.`)
    }
    try {
      const answer: unknown = JSON.parse(
        JSON.stringify(await caller.call(tool.path, tool.type, params.arguments ?? {})),
      )
      return {
        content: [
          { type: 'text', text: materialNotice },
          { type: 'text', text: JSON.stringify(answer) },
          ...notesOn(tool, answer, caller.requestId),
        ],
        structuredContent: answer as Record<string, unknown>, // procedures return objects
      }
    } catch (error) {
      const { message, reason } = publicError(toTRPCError(error), caller.requestId)
      return failure(message, reason)
    }
  })

  server.setRequestHandler('resources/list', async ({ params }) => {
    const { items, nextCursor } = (await caller.call('world.list', 'query', {
      limit: 50,
      ...(params?.cursor !== undefined && { cursor: params.cursor }),
    })) as { items: readonly { id: string; displayName: string; description: string }[]; nextCursor?: string | null } // its output
    return {
      resources: items.map(({ id, displayName, description }) => ({
        uri: `worldloom://world/${id}`,
        name: displayName,
        description,
        mimeType,
      })),
      ...(nextCursor && { nextCursor }),
    }
  })

  server.setRequestHandler('resources/templates/list', () => ({
    resourceTemplates: [
      {
        uriTemplate: 'worldloom://world/{worldId}',
        name: 'A world',
        description: 'What a world is about, and how many entries of each kind it has.',
        mimeType,
      },
      {
        uriTemplate: 'worldloom://world/{worldId}/{kind}/{id}',
        name: 'An entry',
        description: `An entry of a world, whole. Its kind is one of ${entityKinds.join(', ')}.`,
        mimeType,
      },
    ],
  }))

  server.setRequestHandler('resources/read', async ({ params: { uri } }) => ({
    contents: [{ uri, mimeType, text: await readResource(caller, uri) }],
  }))

  server.setRequestHandler('prompts/list', () => ({
    prompts: prompts.map(({ name, title, description, argument }) => ({
      ...{ name, title, description },
      arguments: [{ ...argument, required: true }],
    })),
  }))

  server.setRequestHandler('prompts/get', async ({ params }) => {
    const found = prompts.find(({ name }) => name === params.name)
    if (!found) throw new ResourceNotFoundError(params.name, `There is no prompt ${params.name}.`)
    const given = params.arguments?.[found.argument.name] ?? ''
    return { description: found.description, messages: await promptMessages(caller, found, given) }
  })
  return server
}

/** What can be done about what a tool did. */
function notesOn(tool: McpTool, answer: unknown, requestId: string): { type: 'text'; text: string }[] {
  if (tool.type !== 'mutation') return []
  if (!tool.isProposal) return [{ type: 'text', text: `To undo it in the history: request ${requestId}.` }]
  const url = typeof answer === 'object' && answer !== null && 'url' in answer ? answer.url : undefined
  return url ? [{ type: 'text', text: `Nothing is written yet. A person decides at ${url}: tell them.` }] : []
}

function failure(message: string, reason?: unknown): CallToolResult {
  return {
    isError: true,
    content: [{ type: 'text', text: message }],
    ...(reason !== undefined && { structuredContent: { reason } }),
  }
}
