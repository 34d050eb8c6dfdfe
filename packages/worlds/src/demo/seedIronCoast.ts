import { operator, type SessionPrincipal } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import type { DemoUserIds } from '@worldloom/db/seed'
import { permissionNames } from '@worldloom/schema'
import { createWorldFrom } from '../templates/createWorld.ts'
import type { StorePicture } from '../templates/fillWorld.ts'
import type { Writer } from '../writer.ts'
import { ironCoastName } from './ironCoast.ts'

/** Creates the demo world: Mira's, shared with Ada, who may change it, and with Theo, who may read it. */
export async function seedIronCoast(
  db: Database,
  { ada, mira, theo }: DemoUserIds,
  storePicture: StorePicture,
): Promise<string> {
  const writer: Writer = { actor: operator, principal: ownerPrincipal(mira) }
  return await inTransaction(db, async (trx) => {
    const input = { name: ironCoastName, template: 'example' } as const
    const { id: worldId } = await createWorldFrom(trx, writer, input, { language: 'en', storePicture })
    await trx
      .insertInto('worldMembers')
      .values([
        { worldId, userId: ada, role: 'editor' },
        { worldId, userId: theo, role: 'viewer' },
      ])
      .execute()
    return worldId
  })
}

function ownerPrincipal(id: string): SessionPrincipal {
  const unknown = { email: null, emailVerified: false, displayName: '', firstName: null, lastName: null, version: 1 }
  return {
    kind: 'session',
    sessionId: id,
    confirmedAt: 0,
    user: { id, ...unknown },
    roles: [],
    permissions: new Set(permissionNames),
  }
}
