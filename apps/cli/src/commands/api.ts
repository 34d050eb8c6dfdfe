import { text } from 'node:stream/consumers'
import { OperatorError } from '@worldloom/config'
import { Command } from 'commander'
import { usableAccount } from '../account.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

interface Options {
  readonly method?: string
  readonly data?: string
  readonly ifMatch?: string
}

export function apiCommand(): Command {
  return new Command('api')
    .description('Call the REST API of the Worldloom that you are signed in to, and print what it answers.')
    .argument('<path>', 'below /api/v1, e.g. /worlds or "/worlds?search=iron"')
    .option('-X, --method <method>', 'GET, POST, PUT, PATCH or DELETE (default: POST with --data, otherwise GET)')
    .option('-d, --data <json>', 'the body, as JSON; "-" reads standard input')
    .option('--if-match <etag>', 'change it only if it is still as it was')
    .action(async (given: string, { method, data, ifMatch }: Options) => {
      const verb = (method ?? (data === undefined ? 'GET' : 'POST')).toUpperCase()
      if (!methods.includes(verb)) throw new OperatorError(`--method must be one of ${methods.join(', ')}.`)
      const { url, accessToken } = await usableAccount()
      const target = new URL(`/api/v1/${given.replace(/^\/(api\/v1\/)?/, '')}`, url)
      const response = await fetch(target, {
        method: verb,
        headers: {
          authorization: `Bearer ${accessToken}`,
          ...(data !== undefined && { 'content-type': 'application/json' }),
          ...(ifMatch !== undefined && { 'if-match': ifMatch }),
        },
        ...(data !== undefined && { body: data === '-' ? await text(process.stdin) : data }),
      })
      const answer = await response.text()
      if (!response.ok) throw new OperatorError(`${response.status}: ${detailOf(answer)}`)
      if (answer !== '') console.log(answer)
    })
}

/** The sentence of a problem (RFC 9457); anything else as it is. */
function detailOf(answer: string): string {
  try {
    const { detail } = JSON.parse(answer) as { detail?: unknown } // its field is looked at
    return typeof detail === 'string' ? detail : answer
  } catch {
    return answer
  }
}
