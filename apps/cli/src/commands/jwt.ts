import { text } from 'node:stream/consumers'
import { AccessTokens, SigningKeys } from '@worldloom/auth'
import { verifyWorldloomToken } from '@worldloom/client/verify'
import { OperatorError, resolveAppSecret } from '@worldloom/config'
import { Command } from 'commander'
import { decodeJwt } from 'jose'
import { withDatabase } from '../openDatabase.ts'

interface Options {
  readonly jwksUrl?: string
  readonly audience?: string
  readonly json?: true
}

export function jwtCommand(): Command {
  const verify = new Command('verify')
    .description('Verify an access token and print its claims.')
    .argument('[token]', 'the token (default: read from standard input)')
    .option('--jwks-url <url>', 'verify as another service would, with the keys at this address')
    .option('--audience <audience>', 'the expected audience, with --jwks-url')
    .option('--json', 'print the claims on one line')
    .action(async (given: string | undefined, options: Options) => {
      const token = (given ?? (await text(process.stdin))).trim()
      await check(token, options)
      console.log(JSON.stringify(decodeJwt(token), null, options.json ? 0 : 2))
    })
  return new Command('jwt').description('Access tokens.').addCommand(verify)
}

async function check(token: string, { jwksUrl, audience }: Options): Promise<void> {
  if (jwksUrl !== undefined) {
    if (audience === undefined) throw new OperatorError('--jwks-url needs --audience.')
    if (!URL.canParse(jwksUrl)) throw new OperatorError('--jwks-url must be an address.')
    await verifyWorldloomToken(token, { jwksUrl, audience }).catch((error) => {
      throw new OperatorError(`The token is not valid: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      })
    })
    return
  }
  await withDatabase(async ({ db }, config) => {
    const tokens = new AccessTokens(new SigningKeys(db, resolveAppSecret(config)), {
      issuer: config.PUBLIC_URL,
      audience: config.ACCESS_TOKEN_AUDIENCE,
      lifetime: config.ACCESS_TOKEN_LIFETIME,
    })
    const { sessionId } = await tokens.verify(token)
    const session = await db.selectFrom('sessions').select('id').where('id', '=', sessionId).executeTakeFirst()
    if (!session) throw new OperatorError('The token is genuine, but its session has ended, so Worldloom refuses it.')
  })
}
