import type { PromptMessage } from '@modelcontextprotocol/server'
import { type McpCaller, readResource } from './resources.ts'

interface PromptDefinition {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly argument: { readonly name: string; readonly description: string }
  readonly text: string
}

const entryAddress = 'Its address, as worldloom://world/{worldId}/{kind}/{id}'

/** What authors ask again and again. */
export const prompts: readonly PromptDefinition[] = [
  {
    name: 'recap_story',
    title: 'Recap a story',
    description: 'Tells what has happened in a story so far, scene by scene.',
    argument: { name: 'story', description: entryAddress },
    text: 'Read the outline of this story (get_story_outline) and then each of its scenes, in order. Tell what has happened so far, in a paragraph for each act. Name what is still open. Say only what is written.',
  },
  {
    name: 'check_continuity',
    title: 'Look for contradictions',
    description: 'Looks for what does not fit together in a world, beyond what Worldloom finds by itself.',
    argument: { name: 'world', description: 'Its address, as worldloom://world/{worldId}' },
    text: 'Look for contradictions in this world: begin with check_continuity, then read the timeline and the entries that matter most. For each contradiction name the entries, quote the sentences that do not fit together, and suggest the smallest change. Change nothing.',
  },
  {
    name: 'interview_persona',
    title: 'Interview a persona',
    description: 'Answers as a persona would, from what is written about them.',
    argument: { name: 'persona', description: entryAddress },
    text: 'Answer my questions as this persona would, from what is written about them and what connects them with others (get_graph_around, list_mentions). Where nothing is written, say that it is not known yet instead of inventing it.',
  },
]

/** @throws {ResourceNotFoundError} if there is nothing at the address that it is about */
export async function promptMessages(
  caller: McpCaller,
  { text }: PromptDefinition,
  uri: string,
): Promise<PromptMessage[]> {
  return [
    { role: 'user', content: { type: 'text', text } },
    {
      role: 'user',
      content: {
        type: 'resource',
        resource: { uri, mimeType: 'text/markdown', text: await readResource(caller, uri) },
      },
    },
  ]
}
