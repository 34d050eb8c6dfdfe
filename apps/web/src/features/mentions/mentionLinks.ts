import { mentionPattern } from '@worldloom/schema/mentionText'
import type { RouterOutputs } from '../../lib/api.ts'
import { kinds } from '../../lib/kinds.ts'

type Mentioned = NonNullable<RouterOutputs['mention']['list']['items'][number]['other']>

/**
 * Turns the mentions in a text into links to the pages of entries: with @ by their present name, otherwise as written. Those
 * of nothing known become plain words.
 */
export function linkMentions(text: string, worldId: string, mentioned: ReadonlyMap<string, Mentioned>): string {
  return text.replaceAll(mentionPattern, (_, at: string, label: string, id: string) => {
    const entry = mentioned.get(id.toLowerCase())
    if (!entry) return label
    const shown = at ? entry.displayName.replaceAll(/[[\]\\]/g, '\\$&') : label
    return `[${shown}](/worlds/${worldId}/${kinds[entry.kind].plural}/${entry.id})`
  })
}
