import { loadConfig, OperatorError } from '@worldloom/config'
import { Command } from 'commander'
import { initiateDeviceAuthorization, pollDeviceAuthorizationGrant, ResponseBodyError } from 'openid-client'
import { discoverServer, saveAccount, toAccount } from '../account.ts'
import { root } from '../openDatabase.ts'

/** What is asked for unless something else is. */
const usualPermissions = [
  'profile:read',
  'world:read',
  'world:create',
  'world:update',
  'entity:read',
  'entity:create',
  'entity:update',
  'entity:delete',
]

export function loginCommand(): Command {
  return new Command('login')
    .description('Sign in to a Worldloom, with a browser on this machine or any other.')
    .argument('[url]', 'its address (default: PUBLIC_URL)')
    .option('--permission <permissions...>', 'permissions to ask for, e.g. world:read')
    .option('--json', 'print the code and what was allowed as JSON, one object per line')
    .action(async (given: string | undefined, options: { permission?: string[]; json?: true }) => {
      const url = given ?? loadConfig(root).PUBLIC_URL
      if (!URL.canParse(url)) throw new OperatorError(`${url} is no address. It begins with https://.`)
      const server = await discoverServer(url)
      const scope = (options.permission ?? usualPermissions).join(' ')
      // https://www.rfc-editor.org/rfc/rfc8628
      const begun = await initiateDeviceAuthorization(server, { scope })
      if (options.json) console.log(JSON.stringify({ url: begun.verification_uri, code: begun.user_code }))
      else {
        console.error(`Open ${begun.verification_uri} in any browser, and enter the code`)
        console.log(`\n  ${begun.user_code}\n`)
        console.error('Waiting for your answer there …')
      }
      const tokens = await pollDeviceAuthorizationGrant(server, begun).catch((error) => {
        if (!(error instanceof ResponseBodyError)) throw error
        if (error.error === 'access_denied') throw new OperatorError('It was refused.', { cause: error })
        throw new OperatorError('The code has expired. Begin again.', { cause: error })
      })
      await saveAccount(toAccount(new URL(url).origin, tokens))
      if (options.json) console.log(JSON.stringify({ permissions: tokens.scope?.split(' ') ?? [] }))
      else console.log(`You are signed in. This command may: ${tokens.scope?.replaceAll(' ', ', ')}.`)
    })
}
