import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import { interactionPolicy, Provider } from 'oidc-provider'
import { memoryAdapter } from './memoryAdapter.ts'
import { choosePersonPage, messagePage } from './pages.ts'
import type { Person } from './person.ts'

export interface LocalIdentityOptions {
  readonly port: number
  readonly people: readonly Person[]
  readonly client: { readonly id: string; readonly redirectUri: string }
}

export interface LocalIdentityProvider {
  readonly issuer: string
  readonly clientSecret: string
  close(): Promise<void>
}

/**
 * A real OpenID provider on loopback, where anybody can sign in as one of a few demo people: for trying out Worldloom
 * and for tests. Its keys and secrets are new at every start.
 *
 * @see https://github.com/panva/node-oidc-provider/blob/main/docs/README.md
 */
export async function startLocalIdentityProvider(options: LocalIdentityOptions): Promise<LocalIdentityProvider> {
  const server = createServer()
  await listen(server, options.port)
  const { port } = server.address() as AddressInfo // listening on TCP, so it is not a pipe's name
  const issuer = `http://localhost:${port}`
  const clientSecret = randomBytes(24).toString('base64url')
  const provider = await createProvider(issuer, clientSecret, options)
  const callback = provider.callback()

  server.on('request', async (request, response) => {
    const [, uid, action] = /^\/interaction\/([\w-]+)(?:\/(\w+))?$/.exec(request.url?.split('?')[0] ?? '') ?? []
    if (!uid) {
      callback(request, response)
      return
    }
    try {
      if (request.method === 'GET' && !action) {
        await provider.interactionDetails(request, response)
        sendPage(response, 200, choosePersonPage(uid, options.people))
      } else if (request.method === 'POST' && action) {
        const person = options.people.find((candidate) => candidate.subject === action)
        const result = person
          ? { login: { accountId: person.subject, remember: false } }
          : { error: 'access_denied', error_description: 'the sign-in was cancelled' }
        await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
      } else sendPage(response, 405, messagePage('Not like that', 'Begin the sign-in again.'))
    } catch {
      // The interaction's cookie or record is gone, so it can't be continued.
      sendPage(response, 400, messagePage('This sign-in is over', 'Go back to Worldloom and begin it again.'))
    }
  })

  return {
    issuer,
    clientSecret,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function createProvider(issuer: string, clientSecret: string, options: LocalIdentityOptions): Promise<Provider> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const policy = interactionPolicy.base()
  // Asked every time, so that one can sign out and in again as somebody else.
  policy
    .get('login')
    ?.checks.add(
      new interactionPolicy.Check('choose_person', 'a person has to be chosen', 'login_required', (context) =>
        context.oidc.result?.login ? interactionPolicy.Check.NO_NEED_TO_PROMPT : interactionPolicy.Check.REQUEST_PROMPT,
      ),
    )
  const provider = new Provider(issuer, {
    adapter: memoryAdapter(),
    clients: [
      {
        client_id: options.client.id,
        client_secret: clientSecret,
        redirect_uris: [options.client.redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'local' }] },
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      // Cookies of localhost are shared by all ports, so these need names of their own.
      names: {
        session: 'local_identity_session',
        interaction: 'local_identity_interaction',
        resume: 'local_identity_resume',
      },
    },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'given_name', 'family_name'],
    },
    features: { devInteractions: { enabled: false } },
    interactions: { policy, url: (_context, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 600, Grant: 600 },
    // There is nothing to consent to: the only client gets what it asks for.
    loadExistingGrant: async (context) => {
      const { client, session, params } = context.oidc
      if (!client || !session?.accountId) return undefined
      const grant = new context.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope(String(params?.scope ?? 'openid'))
      await grant.save()
      return grant
    },
    findAccount: (_context, subject) => {
      const person = options.people.find((candidate) => candidate.subject === subject)
      return (
        person && {
          accountId: person.subject,
          claims: () => ({
            sub: person.subject,
            email: person.email,
            email_verified: true,
            given_name: person.firstName,
            family_name: person.lastName,
            name: `${person.firstName} ${person.lastName}`,
          }),
        }
      )
    },
    renderError: (context, out) => {
      context.type = 'html'
      context.body = messagePage('The sign-in cannot go on', out.error_description ?? out.error)
    },
  })
  return provider
}

function sendPage(response: import('node:http').ServerResponse, status: number, html: string): void {
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    })
    .end(html)
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, 'localhost', () => {
      server.off('error', reject)
      resolve()
    })
  })
}
