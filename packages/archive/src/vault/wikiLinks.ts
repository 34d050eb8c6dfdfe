import { mentionPattern } from '@worldloom/schema'

/** `[[Folder/Name#Heading|Words]]`, with an exclamation mark before it where the thing itself is shown. */
const wikiLink = /(!?)\[\[([^\]|#^\n]*)(?:[#^][^\]|\n]*)?(?:\\?\|([^\]\n]*))?\]\]/g
/** `[Words](Folder/Name.md)` and `![Words](picture.png)`; not what has a scheme. */
const fileLink = /(!?)\[((?:[^[\]\\\n]|\\.)*)\]\((?:<([^>\n]+)>|((?!\w+:)[^\s()]+))(?:\s+"[^"\n]*")?\)/g
/** Code is as it stands. */
const code = /(```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|`[^`\n]*`)/

export interface Target {
  readonly id: string
  readonly isImage: boolean
  /** As the entry is called. */
  readonly displayName: string
}

/** Turns what refers to other files into mentions. @param find what a path or name refers to */
export function toMentions(text: string, find: (reference: string, isShown: boolean) => Target | undefined): string {
  return text
    .split(code)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part
            .replace(wikiLink, (whole, shown: string, reference: string, words: string | undefined) => {
              // In tables the bar is escaped.
              const path = reference.replace(/\\$/, '').trim()
              const target = find(path, shown !== '')
              const said = words?.trim() || path.split('/').at(-1)?.trim() || whole
              if (!target) return said
              if (shown && target.isImage) {
                const alt = words === undefined || isSize(words.trim()) ? target.displayName : said
                return `![${escaped(alt)}](entry:${target.id})`
              }
              // Where it is called what it is called, that follows when it is renamed.
              return `[${said === target.displayName ? '@' : ''}${escaped(said)}](entry:${target.id})`
            })
            .replace(
              fileLink,
              (whole, shown: string, words: string, quoted: string | undefined, plain: string | undefined) => {
                const reference = decoded(quoted ?? plain ?? '').replace(/#.*$/, '')
                if (!/\.\w{2,5}$/.test(reference)) return whole
                const target = find(reference, shown !== '')
                if (!target) return whole
                return `${shown && target.isImage ? '!' : ''}[${words}](entry:${target.id})`
              },
            ),
    )
    .join('')
}

/** Turns mentions into links between files. @param pathOf the file of an entry, without its ending; undefined if it has none */
export function toWikiLinks(
  text: string,
  pathOf: (id: string, isShown: boolean) => { readonly path: string; readonly displayName: string } | undefined,
): string {
  return text.replaceAll(mentionPattern, (whole, at: string, label: string, id: string, offset: number) => {
    const isShown = text[offset - 1] === '!'
    const target = pathOf(id.toLowerCase(), isShown)
    const words = label.replaceAll(/\\(.)/g, '$1')
    if (!target) return isShown ? whole : words
    // A line or bar in it would end the link.
    const shown = (at ? target.displayName : words).replaceAll(/[[\]|\n]/g, ' ')
    return `[[${target.path}|${shown}]]`
  })
}

function escaped(words: string): string {
  return words.replaceAll(/[[\]\\]/g, '\\$&')
}

/** Obsidian has the width of an image where other links have words. */
function isSize(words: string): boolean {
  return /^\d+(?:x\d+)?$/.test(words)
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
