import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { afterAll, expect, test } from 'vitest'
import { devices, type Visitor } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { worldloom, arrive } = await openWorldloom()
const url = `${worldloom.url}/mcp`

let keys = 0

/** Signs Mira in, makes a key for an assistant as she would, and connects the official client with it. */
async function connectAssistant(visitor: Visitor, name: string): Promise<{ key: string; mcp: Client }> {
  const { page } = visitor
  await visitor.signIn('Mira', '/settings/api-keys')
  await page.getByRole('button', { name: /^New (API )?key/ }).click()
  const dialog = page.getByRole('dialog')
  keys++
  // Another one each time, also when it is tried again.
  await dialog.getByLabel('Name').fill(`${name} ${keys}`)
  for (const permission of ['world:read', 'entity:read', 'entity:propose']) {
    await dialog.getByRole('checkbox', { name: `(${permission})` }).check()
  }
  await dialog.getByRole('button', { name: /^Create/ }).click()
  const key = await page.getByRole('textbox', { name: /key/i }).inputValue()
  await page.getByRole('button', { name: 'I have saved it' }).click()
  const mcp = new Client({ name: 'assistant', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } })
  await mcp.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { 'x-api-key': key } } }))
  afterAll(() => mcp.close())
  return { key, mcp }
}

/** The answer of a tool, which must not have failed. */
async function use(mcp: Client, name: string, given: Record<string, unknown>) {
  const { isError, structuredContent, content } = await mcp.callTool({ name, arguments: given })
  expect(isError, JSON.stringify(content)).toBeFalsy()
  // biome-ignore lint/suspicious/noExplicitAny: as the tool answers, which the test looks at
  return structuredContent as any
}

test.each(devices)(
  'an assistant proposes changes, Mira sees what they are and confirms, and undoes them: %s',
  async (look) => {
    const visitor = await arrive(look)
    const { page } = visitor
    const { mcp } = await connectAssistant(visitor, `Assistant on a ${look}`)
    const { items: worlds } = await use(mcp, 'list_worlds', {})
    const world = worlds.find(({ displayName }: { displayName: string }) => displayName === 'The Iron Coast')
    const found = await use(mcp, 'list_personas', { worldId: world.id, limit: 1 })
    const persona = await use(mcp, 'get_persona', { id: found.items[0].id })
    const name = `Odo of the ${look}`
    // She is there already, and sees it arrive.
    await page.goto(`/worlds/${world.id}`)
    await page.getByRole('heading', { name: 'The Iron Coast' }).waitFor()
    await page.waitForLoadState('networkidle')
    const proposed = await use(mcp, 'propose_changes', {
      worldId: world.id,
      title: `A friend for ${persona.displayName}, ${look}`,
      changes: [
        {
          ...{ action: 'create', kind: 'persona', as: '$odo' },
          fields: { name, description: 'A rope maker.', body: 'He has never been at sea.\n\nHe says so gladly.' },
        },
        { action: 'create', kind: 'thing', fields: { name: `A rope, ${look}`, ownerPersonaId: '$odo' } },
        {
          ...{ action: 'update', id: persona.id, version: persona.version },
          fields: { description: `${persona.description} Has a friend who makes ropes.` },
        },
      ],
    })
    expect(proposed.url).toBe(`${worldloom.url}/worlds/${world.id}/proposals/${proposed.id}`)

    await page.getByText('A proposal waits for a decision.').waitFor()
    if (look === 'phone') await page.getByRole('button', { name: 'Pages of' }).click()
    await page.getByRole('link', { name: /^Proposals/ }).click()
    await page.getByRole('heading', { name: 'Proposals' }).waitFor()
    await page.getByText(`Assistant on a ${look}`).first().waitFor()
    await visitor.inspect('proposals')
    await page.getByRole('link', { name: `A friend for ${persona.displayName}, ${look}` }).click()
    await page.getByText('He has never been at sea.').waitFor()
    // What does not exist yet is called by its name.
    await page
      .getByRole('listitem')
      .filter({ hasText: `A rope, ${look}` })
      .getByText(name, { exact: true })
      .waitFor()
    await page.locator('ins').getByText('Has a friend who makes ropes.').waitFor()
    await visitor.inspect('proposal')
    // By the keyboard alone.
    await page.getByRole('button', { name: 'Confirm' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Confirmed', { exact: true }).waitFor()
    await visitor.inspect('proposal-confirmed')
    expect((await use(mcp, 'get_persona', { id: persona.id })).description).toContain('makes ropes')
    await page.getByRole('button', { name: 'Undo all of it' }).click()
    await expect
      .poll(async () => (await use(mcp, 'get_persona', { id: persona.id })).description)
      .toBe(persona.description)
    const left = await use(mcp, 'list_personas', { worldId: world.id, search: name })
    expect(left.items).toEqual([])
    await page.getByRole('link', { name: 'All proposals' }).click()
    await page.getByText('Nothing waits for a decision').waitFor()
    await visitor.inspect('proposals-none')
  },
)

test('the official inspector lists what there is, finds no fault with it, reads and proposes; dismissing writes nothing', async () => {
  const visitor = await arrive('desktop')
  const { page } = visitor
  const { key, mcp } = await connectAssistant(visitor, 'Inspector')
  const manifest = createRequire(import.meta.url).resolve('@modelcontextprotocol/inspector/package.json')
  const { bin } = createRequire(import.meta.url)(manifest) as { bin: Record<string, string> } // npm's own format
  const program = path.join(path.dirname(manifest), bin['mcp-inspector'] ?? '')
  const inspect = async (...args: string[]) => {
    const common = [program, '--cli', url, '--transport', 'http', '--header', `X-API-Key: ${key}`]
    const { stdout } = await promisify(execFile)(process.execPath, [...common, ...args], { maxBuffer: 2 ** 26 })
    return JSON.parse(stdout)
  }
  const { tools } = await inspect('--method', 'tools/list', '--strict')
  expect(tools.map((tool: { name: string }) => tool.name)).toContain('propose_changes')
  const { resources } = await inspect('--method', 'resources/list')
  const [world] = resources.filter(({ name }: { name: string }) => name === 'The Iron Coast')
  const { contents } = await inspect('--method', 'resources/read', '--uri', world.uri)
  expect(contents[0].text).toContain('The Iron Coast')
  const worldId = world.uri.split('/').at(-1)
  const changes = [{ action: 'create', kind: 'location', fields: { name: 'The far lighthouse' } }]
  const answer = await inspect(
    ...['--method', 'tools/call', '--tool-name', 'propose_changes', '--tool-arg'],
    ...[`worldId=${worldId}`, 'title=A lighthouse', `changes=${JSON.stringify(changes)}`],
  )
  expect(JSON.stringify(answer)).toContain('Nothing is written yet.')
  await page.goto(answer.structuredContent.url)
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await page.getByText('Dismissed', { exact: true }).waitFor()
  const found = await use(mcp, 'list_locations', { worldId, search: 'far lighthouse' })
  expect(found.items).toEqual([])
})
