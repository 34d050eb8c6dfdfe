/** The words of a Markdown text: what spaces separate, without the ids of mentions. */
export function countWords(text: string): number {
  return text.replaceAll(/\]\(entry:[^)]*\)/g, '').match(/[\p{L}\p{N}][^\s]*/gu)?.length ?? 0
}
