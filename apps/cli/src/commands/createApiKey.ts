import { createApiKey, findUserGrants, operator } from '@worldloom/auth'
import { OperatorError } from '@worldloom/config'
import { apiKeyCreateInput } from '@worldloom/schema'
import { Command } from 'commander'
import { withDatabase } from '../openDatabase.ts'
import { findPerson } from '../people.ts'
import { findWorld } from '../worlds.ts'

interface Options {
  readonly owner: string
  readonly name: string
  readonly description?: string
  readonly role?: string[]
  readonly permission?: string[]
  readonly world?: string[]
  readonly expires?: string
  readonly json?: true
}

export function createApiKeyCommand(): Command {
  return new Command('create-api-key')
    .description('Create an API key and print it. It is shown only once.')
    .requiredOption(
      '--owner <person>',
      'whose it is: their address or id; it never permits more than they are permitted',
    )
    .requiredOption('--name <name>', 'what it is for')
    .option('--description <text>', 'a description')
    .option('--role <roles...>', 'roles to grant')
    .option('--permission <permissions...>', 'permissions to grant, e.g. world:read')
    .option('--world <worlds...>', 'limit the key to these worlds, by id or name')
    .option('--expires <when>', 'when it expires: 90d, 12h, or a time such as 2027-01-31T00:00:00Z')
    .option('--json', 'print the key with its details as JSON')
    .action(async (options: Options) => {
      const input = apiKeyCreateInput.parse({
        name: options.name,
        description: options.description ?? '',
        roles: options.role ?? [],
        permissions: options.permission ?? [],
        expiresAt: options.expires === undefined ? null : expiry(options.expires),
      })
      if (input.roles.length + input.permissions.length === 0) {
        throw new OperatorError('A key needs at least one --role or --permission.')
      }
      const made = await withDatabase(async ({ db }) => {
        const owner = await findPerson(db, options.owner)
        const worlds = await Promise.all((options.world ?? []).map((world) => findWorld(db, world, owner.id)))
        return await createApiKey(db, operator, await findUserGrants(db, owner.id), {
          ...input,
          ...(worlds.length > 0 && { worldIds: worlds.map(({ id }) => id) }),
        })
      })
      if (options.json) console.log(JSON.stringify(made))
      else {
        console.error('Save it now: it is shown this one time.')
        console.log(made.key)
      }
    })
}

function expiry(text: string): string {
  const [, count, unit] = /^(\d{1,5})([hd])$/.exec(text) ?? []
  if (count === undefined) return text
  return new Date(Date.now() + Number(count) * (unit === 'h' ? 3_600_000 : 86_400_000)).toISOString()
}
