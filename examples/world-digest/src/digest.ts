import { iterate, type RouterOutputs, type WorldloomClient } from '@worldloom/client'

type World = RouterOutputs['world']['byId']
type Outline = RouterOutputs['story']['outline']

/**
 * A world on one page: its description, its stories with acts and scenes, its personas and locations.
 *
 * @returns Markdown
 * @throws {TRPCClientError} as `readError` explains it
 */
export async function digestWorld(client: WorldloomClient, world: World): Promise<string> {
  const { counts } = await client.world.overview.query({ id: world.id })
  const lines = [`# ${plain(world.displayName)}`, '', plain(world.description), '']
  lines.push(
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => `${count} ${kind}${count === 1 ? '' : 's'}`.replace('storys', 'stories'))
      .join(' · '),
    '',
  )
  for await (const story of iterate(client.story.list, { worldId: world.id, sort: 'name' })) {
    lines.push(...storyLines(story, await client.story.outline.query({ id: story.id })))
  }
  lines.push('## Who', '')
  for await (const persona of iterate(client.persona.list, { worldId: world.id, sort: 'name' })) {
    const epithet = persona.epithet ? `, ${plain(persona.epithet)}` : ''
    lines.push(`- **${plain(persona.displayName)}**${epithet}: ${plain(persona.description)}`)
  }
  lines.push('', '## Where', '')
  for await (const place of iterate(client.location.list, { worldId: world.id, sort: 'name' })) {
    lines.push(`- **${plain(place.displayName)}**: ${plain(place.description)}`)
  }
  return `${lines.join('\n')}\n`
}

function storyLines(story: RouterOutputs['story']['list']['items'][number], { acts }: Outline): string[] {
  return [
    `## ${plain(story.displayName)}`,
    '',
    `*${story.status}.* ${plain(story.logline)}`,
    '',
    ...acts.flatMap((act, index) => [
      `${index + 1}. ${plain(act.displayName)}`,
      ...act.scenes.map((scene) => {
        const where = scene.location ? ` (${plain(scene.location.displayName)})` : ''
        return `   - ${plain(scene.displayName)}${where}`
      }),
    ]),
    '',
  ]
}

/** Escapes people's text for Markdown, on one line. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|]/g, '\\$&')
}
