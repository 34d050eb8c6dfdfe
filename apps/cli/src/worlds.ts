import { OperatorError } from '@worldloom/config'
import type { Database } from '@worldloom/db'
import { findPerson } from './people.ts'

/** Finds a world by id, or by name and owner. @throws {OperatorError} if there is none */
export async function findWorld(db: Database, idOrName: string, owner: string | undefined) {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(idOrName)
  if (!isId && !owner) throw new OperatorError('Use --owner <person> to say whose world it is, or give its id.')
  const person = owner && !isId ? await findPerson(db, owner) : undefined
  let query = db.selectFrom('worlds').select(['id', 'name']).where('deletedAt', 'is', null)
  query = isId
    ? query.where('id', '=', idOrName)
    : query.where(({ eb, fn }) => eb(fn('lower', ['name']), '=', fn('lower', [eb.val(idOrName.trim())])))
  if (person) query = query.where('ownerId', '=', person.id)
  const world = await query.executeTakeFirst()
  if (!world) {
    throw new OperatorError(`There is no world ${isId ? `with the id ${idOrName}` : `“${idOrName}” of theirs`}.`)
  }
  return world
}
