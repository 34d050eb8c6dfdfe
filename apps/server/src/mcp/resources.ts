import { ResourceNotFoundError } from '@modelcontextprotocol/server'
import { publicError, toTRPCError } from '@worldloom/api'
import type { KnownPrincipal } from '@worldloom/auth'
import { type EntityKind, entities, entityKinds } from '@worldloom/schema'
import { entryText, worldText } from './material.ts'

/** Who calls, and how procedures are called for them. */
export interface McpCaller {
  readonly principal: KnownPrincipal
  readonly requestId: string
  /** @throws what the procedure throws */
  call(procedure: string, type: 'query' | 'mutation', input: unknown): Promise<unknown>
}

const worldUri = /^worldloom:\/\/world\/([0-9a-f-]{36})$/
const entryUri = /^worldloom:\/\/world\/([0-9a-f-]{36})\/([a-z]+)\/([0-9a-f-]{36})$/
/** @throws {ResourceNotFoundError} */
export async function readResource(caller: McpCaller, uri: string): Promise<string> {
  const [, onlyWorld] = worldUri.exec(uri) ?? []
  const [, worldId, kind, id] = entryUri.exec(uri) ?? []
  try {
    if (onlyWorld) {
      const [world, overview] = await Promise.all([
        caller.call('world.byId', 'query', { id: onlyWorld }),
        caller.call('world.overview', 'query', { id: onlyWorld }),
      ])
      return worldText(world, overview)
    }
    if (id && kind && isKind(kind)) {
      const entry = await caller.call(`${kind}.byId`, 'query', { id })
      // An address says where it is: that of another world is wrong.
      if (hasWorld(entry, worldId)) return entryText(entry, entities[kind].wording.one)
    }
  } catch (error) {
    const { message } = publicError(toTRPCError(error), caller.requestId)
    throw new ResourceNotFoundError(uri, message)
  }
  throw new ResourceNotFoundError(uri, `There is nothing at ${uri}.`)
}

function isKind(text: string): text is EntityKind {
  return (entityKinds as readonly string[]).includes(text)
}

function hasWorld(entry: unknown, worldId: string | undefined): boolean {
  return typeof entry === 'object' && entry !== null && 'worldId' in entry && entry.worldId === worldId
}
