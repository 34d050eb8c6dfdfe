const nowhere = 'http://origin.invalid'

/**
 * Where to go after sign-in: a path on this origin. Anything that a browser could read as another origin, even after
 * decoding, becomes `/`.
 */
export function safeRedirect(target: string | null | undefined): string {
  if (!target || target.length > 2000) return '/'
  let decoded = target
  for (let depth = 0; depth < 4; depth++) {
    if (!isPathHere(decoded)) return '/'
    try {
      const next = decodeURIComponent(decoded)
      if (next === decoded) break
      decoded = next
    } catch {
      return '/'
    }
  }
  const url = new URL(target, nowhere)
  return url.pathname + url.search + url.hash
}

function isPathHere(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop them, which makes //evil of /\t/evil
  if (!/^\/(?![/\\])/.test(text) || /[\\\u0000-\u001f\u007f]/.test(text)) return false
  return URL.canParse(text, nowhere) && new URL(text, nowhere).origin === nowhere
}
