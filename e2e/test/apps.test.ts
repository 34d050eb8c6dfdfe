import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  Client,
  type OAuthClientProvider,
  type StoredOAuthClientInformation,
  type StoredOAuthTokens,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from '@modelcontextprotocol/client'
import { afterAll, expect, test } from 'vitest'
import { devices, type Visitor } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { worldloom, arrive } = await openWorldloom()
let count = 0

/** Registers an app as an administrator would. @returns its client id */
async function register(name: string, look: (typeof devices)[number], redirectUri: string): Promise<string> {
  const visitor = await arrive(look)
  const { page } = visitor
  await visitor.signIn('Ada', '/admin/apps')
  await page.getByRole('button', { name: 'Register app' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByLabel('Addresses to go back to').fill('http://app.example/callback')
  await dialog.getByRole('button', { name: 'Register' }).click()
  await dialog.getByText('Must be an https address').waitFor()
  await visitor.inspect('register-app')
  await dialog.getByLabel('Addresses to go back to').fill(redirectUri)
  await dialog.getByRole('button', { name: 'Register' }).click()
  const row = page.getByRole('listitem').filter({ hasText: name })
  const clientId = await row.getByRole('code').first().textContent()
  await visitor.inspect('registered-apps')
  await visitor.context.close()
  return clientId ?? ''
}

/** What an assistant on somebody's machine is: the official client, which asks for access when it is refused. */
class Assistant implements OAuthClientProvider {
  readonly redirectUrl: string
  readonly clientMetadata
  #client: StoredOAuthClientInformation
  #tokens: StoredOAuthTokens | undefined
  #verifier = ''
  /** Where it sends its person. */
  asked: URL | undefined

  constructor(clientId: string, redirectUrl: string) {
    this.redirectUrl = redirectUrl
    this.clientMetadata = { client_name: 'Assistant', redirect_uris: [redirectUrl] }
    this.#client = { client_id: clientId }
  }

  clientInformation = () => this.#client
  saveClientInformation = (client: StoredOAuthClientInformation) => {
    this.#client = client
  }
  tokens = () => this.#tokens
  saveTokens = (tokens: StoredOAuthTokens) => {
    this.#tokens = tokens
  }
  redirectToAuthorization = (url: URL) => {
    this.asked = url
  }
  saveCodeVerifier = (verifier: string) => {
    this.#verifier = verifier
  }
  codeVerifier = () => this.#verifier
}

/** The part of an assistant that its person's browser comes back to. */
async function listenForCallback(): Promise<{ url: string; called: Promise<URL> }> {
  const server = createServer()
  const called = new Promise<URL>((resolve) => {
    server.on('request', (request, response) => {
      response.end('<!doctype html><html lang="en"><title>Done</title><p>You can close this page.</p></html>')
      if (request.url?.startsWith('/callback')) resolve(new URL(request.url, 'http://127.0.0.1'))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterAll(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`, called }
}

test.each(devices)(
  'an assistant asks for access, Mira lets it into one world, and takes it away again: %s',
  async (look) => {
    count++
    const name = `Assistant ${count}`
    const clientId = await register(name, look, 'http://127.0.0.1/callback')
    const callback = await listenForCallback()
    const assistant = new Assistant(clientId, callback.url)
    const url = new URL(`${worldloom.url}/mcp`)
    const connect = async () => {
      const mcp = new Client({ name: 'assistant', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } })
      const transport = new StreamableHTTPClientTransport(url, { authProvider: assistant })
      await mcp.connect(transport)
      return mcp
    }
    const first = new StreamableHTTPClientTransport(url, { authProvider: assistant })
    const refused = new Client({ name: 'assistant', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } })
    await expect(refused.connect(first)).rejects.toThrow(UnauthorizedError)
    expect(assistant.asked?.searchParams.get('resource')).toBe(url.href)

    const visitor = await arrive(look)
    const { page } = visitor
    await visitor.signIn('Mira')
    await page.goto(assistant.asked?.href ?? '')
    await page.getByRole('heading', { name: `“${name}” would like to act in your name` }).waitFor()
    await page.getByText('Your answer goes to 127.0.0.1').waitFor()
    await page.getByText('Propose changes, which you confirm').waitFor()
    await page.getByRole('radio', { name: 'Only in these' }).check()
    expect(await page.getByRole('button', { name: 'Allow', exact: true }).isDisabled()).toBe(true)
    await page.getByRole('checkbox', { name: 'The Iron Coast' }).check()
    await page.getByLabel('For how long').selectOption('For 30 days')
    await visitor.inspect('consent')
    // By the keyboard alone.
    await page.getByRole('button', { name: 'Allow', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('You can close this page.').waitFor()
    const returned = await callback.called
    await first.finishAuth(returned.searchParams)

    const mcp = await connect()
    const { structuredContent } = await mcp.callTool({ name: 'list_worlds', arguments: {} })
    expect(structuredContent).toMatchObject({ items: [{ displayName: 'The Iron Coast' }] })
    const { tools } = await mcp.listTools()
    expect(tools.map((tool) => tool.name)).toContain('propose_changes')
    const denied = await mcp.callTool({ name: 'create_world', arguments: { name: 'By an assistant' } })
    expect(denied.isError).toBe(true)

    await page.goto('/settings/apps')
    const row = page.getByRole('listitem').filter({ hasText: name }).first()
    await row.getByText('Only in The Iron Coast').waitFor()
    await visitor.inspect('apps')
    await row.getByRole('button', { name: 'Take access away' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Take access away' }).click()
    // While the dialog is open, roles outside of it are hidden.
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await row.waitFor({ state: 'detached' })
    await expect(mcp.callTool({ name: 'list_worlds', arguments: {} })).rejects.toThrow()
    await mcp.close()
    expect(visitor.complaints).toEqual([])
  },
)

test('who is not signed in signs in first, and may refuse', async () => {
  count++
  const clientId = await register(`Refused ${count}`, 'desktop', 'http://127.0.0.1/callback')
  const callback = await listenForCallback()
  const assistant = new Assistant(clientId, callback.url)
  const transport = new StreamableHTTPClientTransport(new URL(`${worldloom.url}/mcp`), { authProvider: assistant })
  await expect(new Client({ name: 'assistant', version: '1' }).connect(transport)).rejects.toThrow(UnauthorizedError)
  const visitor = await arrive()
  const { page } = visitor
  await page.goto(assistant.asked?.href ?? '')
  await page.getByRole('link', { name: 'Continue with a demo account' }).click()
  await page.getByRole('button', { name: 'Theo' }).click()
  await page.getByText('You may not do this yourself').first().waitFor()
  await visitor.inspect('consent-of-a-reader')
  const request = page.url()
  await page.getByRole('button', { name: 'Do not allow' }).click()
  expect((await callback.called).searchParams.get('error')).toBe('access_denied')
  await page.getByText('You can close this page.').waitFor()
  // What has been answered cannot be answered again.
  await page.goto(request)
  await page.getByRole('heading', { name: 'This request is over' }).waitFor()
  await visitor.inspect('consent-over')
  const wrong = new URL(assistant.asked?.href ?? '')
  wrong.searchParams.set('redirect_uri', 'https://evil.example/')
  await page.goto(wrong.href)
  await page.getByText('is not registered for it').waitFor()
  await visitor.inspect('app-refused')
})

const cli = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url))

/** Runs the command line with a home directory of its own. */
function worldloomCommand(home: string, ...given: string[]) {
  const child = spawn(process.execPath, [cli, ...given], {
    env: { PATH: process.env.PATH, HOME: home, XDG_CONFIG_HOME: home },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  return { ended: once(child, 'exit').then(([code]) => ({ code: code as number, output })), output: () => output }
}

async function enterCode({ page }: Visitor, code: string): Promise<void> {
  await page.goto('/device')
  await page.getByLabel('The code').fill(code.toLowerCase())
  await page.keyboard.press('Enter')
}

test.each(devices)('worldloom login on a machine without a browser: %s', async (look) => {
  const home = await mkdtemp(path.join(os.tmpdir(), 'worldloom-home-'))
  afterAll(() => rm(home, { recursive: true, force: true }))
  const visitor = await arrive(look)
  const { page } = visitor
  await visitor.signIn('Mira')

  const refused = worldloomCommand(home, 'login', worldloom.url)
  const codeOf = async ({ output }: typeof refused) => {
    await expect.poll(output, { timeout: 60_000 }).toMatch(/[A-Z]{4}-[A-Z]{4}/)
    return /[A-Z]{4}-[A-Z]{4}/.exec(output())?.[0] ?? ''
  }
  await enterCode(visitor, await codeOf(refused))
  await page.getByRole('heading', { name: '“Worldloom command line” would like to act in your name' }).waitFor()
  await page.getByText('Go on only if you began this yourself').waitFor()
  await page.getByRole('button', { name: 'Do not allow' }).click()
  await page.getByRole('heading', { name: 'It was not let in' }).waitFor()
  expect(await refused.ended).toMatchObject({ code: 1, output: expect.stringContaining('It was refused.') })

  const login = worldloomCommand(home, 'login', worldloom.url)
  const code = await codeOf(login)
  await enterCode(visitor, 'BBBB-BBBB')
  await page.getByText('No device shows this code.').waitFor()
  await visitor.inspect('device')
  await enterCode(visitor, code)
  await page.getByRole('checkbox', { name: 'Delete entries' }).uncheck()
  await visitor.inspect('device-consent')
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  await page.getByRole('heading', { name: 'It is in' }).waitFor()
  await visitor.inspect('device-allowed')
  const signedIn = await login.ended
  expect(signedIn).toMatchObject({ code: 0, output: expect.stringContaining('You are signed in.') })
  expect(signedIn.output).not.toContain('entity:delete')
  const file = path.join(home, 'worldloom', 'account.json')
  expect((await stat(file)).mode & 0o777).toBe(0o600)

  const worlds = await worldloomCommand(home, 'api', '/worlds').ended
  expect(worlds).toMatchObject({ code: 0, output: expect.stringContaining('The Iron Coast') })
  const made = await worldloomCommand(home, 'api', '/worlds', '-d', JSON.stringify({ name: `By hand, ${look}` })).ended
  expect(made.code).toBe(0)
  const missing = await worldloomCommand(home, 'api', '/worlds/01a00000-0000-7000-8000-000000000000').ended
  expect(missing).toMatchObject({ code: 1, output: expect.stringContaining('404: No such world') })

  // A token that has ended is renewed, once by several at a time.
  const account = JSON.parse(await readFile(file, 'utf8'))
  const { writeFile } = await import('node:fs/promises')
  await writeFile(file, JSON.stringify({ ...account, expiresAt: 0 }), { mode: 0o600 })
  const several = await Promise.all([1, 2, 3].map(() => worldloomCommand(home, 'api', '/me').ended))
  expect(several.map((each) => each.code)).toEqual([0, 0, 0])
  expect(JSON.parse(await readFile(file, 'utf8')).refreshToken).not.toBe(account.refreshToken)

  const out = await worldloomCommand(home, 'logout').ended
  expect(out).toMatchObject({ code: 0, output: expect.stringContaining('You are signed out.') })
  const after = await worldloomCommand(home, 'api', '/worlds').ended
  expect(after).toMatchObject({ code: 1, output: expect.stringContaining('You are not signed in.') })
  expect(visitor.complaints).toEqual([])
})
