import { mentionPattern } from '@worldloom/schema/mentionText'
import type { RouterOutputs } from '../../lib/api.ts'
import { kinds } from '../../lib/kinds.ts'
import { imageFile } from '../images/imageUrl.ts'

type Mentioned = NonNullable<RouterOutputs['mention']['list']['items'][number]['other']>

/**
 * Turns the mentions in a text into links to the pages of entries: with @ by their present name, otherwise as written. Those
 * of nothing known become plain words, and those of images that are shown become their files.
 */
export function linkMentions(text: string, worldId: string, mentioned: ReadonlyMap<string, Mentioned>): string {
  return text.replaceAll(mentionPattern, (_, at: string, label: string, id: string, offset: number) => {
    const entry = mentioned.get(id.toLowerCase())
    if (!entry) return label
    // With an exclamation mark before it, it is an image.
    if (text[offset - 1] === '!' && entry.kind === 'image') return `[${label}](${imageFile(entry.id, 'large')})`
    const shown = at ? entry.displayName.replaceAll(/[[\]\\]/g, '\\$&') : label
    return `[${shown}](/worlds/${worldId}/${kinds[entry.kind].plural}/${entry.id})`
  })
}
