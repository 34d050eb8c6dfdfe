import { operator, SigningKeys } from '@worldloom/auth'
import { resolveAppSecret } from '@worldloom/config'
import { Command } from 'commander'
import { withDatabase } from '../openDatabase.ts'

export function rotateKeysCommand(): Command {
  return new Command('rotate-keys')
    .description(
      'Makes a new key to sign access tokens with. Nobody notices: the old one is verified until its tokens end.',
    )
    .option('--revoke', 'the old keys were leaked: revoke them, and every access token, at once')
    .option('--json', 'print the new key’s id and when it starts signing as JSON')
    .action(async (options: { revoke?: true; json?: true }) => {
      const { kid, activeFrom } = await withDatabase(({ db }, config) =>
        new SigningKeys(db, resolveAppSecret(config)).rotate(
          operator,
          config.ACCESS_TOKEN_LIFETIME,
          options.revoke === true,
        ),
      )
      if (options.json) console.log(JSON.stringify({ kid, activeFrom }))
      else console.log(`The key ${kid} signs from ${activeFrom.toISOString()} on.`)
    })
}
