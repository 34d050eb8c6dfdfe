import { execFile } from 'node:child_process'
import path from 'node:path'
import { createWorldloomClient } from '@worldloom/client'
import { createTestApiKey, startTestWorldloom } from '@worldloom/server/testing'
import { afterAll, describe, expect, test } from 'vitest'

const worldloom = await startTestWorldloom()
afterAll(() => worldloom.close())
const apiKey = await createTestApiKey(worldloom)
const client = createWorldloomClient({ url: worldloom.url, apiKey })

function run(name: string, key = apiKey): Promise<{ code: number; output: string; complaint: string }> {
  const main = path.join(import.meta.dirname, '../src/main.ts')
  const env = { ...process.env, WORLDLOOM_URL: worldloom.url, WORLDLOOM_API_KEY: key }
  return new Promise((resolve) => {
    execFile(process.execPath, [main, name], { env }, (error, output, complaint) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output, complaint }),
    )
  })
}

describe('the digest', () => {
  test('has the stories in their order, who is in them and where', async () => {
    const { id: worldId } = await client.world.create.mutate({
      name: 'The Iron Coast',
      description: 'A drowned *shore*',
    })
    const story = await client.story.create.mutate({
      worldId,
      name: 'The Ninth',
      logline: 'A lamp goes dark.',
      status: 'draft',
    })
    const second = await client.act.create.mutate({ worldId, storyId: story.id, name: 'High Water' })
    await client.act.create.mutate({ worldId, storyId: story.id, name: 'Low Water', afterId: null })
    const town = await client.location.create.mutate({ worldId, name: 'Harrowgate', description: 'A harbour' })
    await client.scene.create.mutate({ worldId, actId: second.id, name: 'The bell', locationId: town.id })
    await client.persona.create.mutate({ worldId, name: 'Wren', epithet: 'the Sleepless', description: 'Keeper' })
    const { code, output } = await run('The Iron Coast')
    expect(code).toBe(0)
    expect(output.trim().split('\n')).toEqual([
      '# The Iron Coast',
      '',
      'A drowned \\*shore\\*',
      '',
      '1 story · 2 acts · 1 scene · 1 persona · 1 location',
      '',
      '## The Ninth',
      '',
      '*draft.* A lamp goes dark.',
      '',
      '1. Low Water',
      '2. High Water',
      '   - The bell (Harrowgate)',
      '',
      '## Who',
      '',
      '- **Wren**, the Sleepless: Keeper',
      '',
      '## Where',
      '',
      '- **Harrowgate**: A harbour',
    ])
  })

  test('says in a sentence what went wrong', async () => {
    expect(await run('No such world')).toMatchObject({ code: 1, complaint: expect.stringContaining('No such world') })
    expect(await run('The Iron Coast', 'wl_nonsense')).toMatchObject({
      code: 1,
      complaint: expect.stringMatching(/API key/),
    })
  })
})
