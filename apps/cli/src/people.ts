import { OperatorError } from '@worldloom/config'
import type { Database } from '@worldloom/db'

/** Finds a user by address or id. @throws {OperatorError} if there is none, or several */
export async function findPerson(db: Database, emailOrId: string) {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(emailOrId)
  const people = await db
    .selectFrom('users')
    .select(['id', 'email', 'displayName', 'emailVerified'])
    .where(({ eb, fn }) =>
      isId ? eb('id', '=', emailOrId) : eb(fn('lower', ['email']), '=', emailOrId.trim().toLowerCase()),
    )
    .execute()
  // Only one of them can have proved the address.
  const person = people.find(({ emailVerified }) => emailVerified) ?? people[0]
  if (!person) throw new OperatorError(`There is no user with the ${isId ? 'id' : 'e-mail address'} ${emailOrId}.`)
  if (people.length > 1 && !person.emailVerified) {
    const ids = people.map(({ id }) => id).join(', ')
    throw new OperatorError(`Several users claim ${emailOrId}, and none has verified it. Use an id instead: ${ids}.`)
  }
  return person
}
