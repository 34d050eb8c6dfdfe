/**
 * A mention is a Markdown link to an entry: `[@Wren Halloran](entry:0199…)`. Without the @ it reads as it is written,
 * with it as the entry is called now.
 */
export const mentionPattern =
  /\[(@?)((?:[^[\]\\]|\\.)*)\]\(entry:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\)/gi

/** The same with an exclamation mark before it: an image of the world, shown in the text. */
const mentionOrImage = new RegExp(`!?${mentionPattern.source}`, 'gi')

/** @param text how it reads where links cannot be followed */
export function writeMention(id: string, text: string): string {
  return `[@${text.replaceAll(/[[\]\\]/g, '\\$&')}](entry:${id})`
}

/** A text with its mentions as plain words. @param nameOf the present name of an entry, if known */
export function withoutMentions(text: string, nameOf?: (id: string) => string | undefined): string {
  return text.replaceAll(mentionOrImage, (_, at: string, label: string, id: string) => {
    const written = label.replaceAll(/\\(.)/g, '$1')
    return (at && nameOf?.(id.toLowerCase())) || written
  })
}
