import { isLanguage, type Language, languageCookie, languages } from '@worldloom/schema'
import { detectFromCookie, detectFromHeader } from 'hono/language'
import type { AppContext } from './appTypes.ts'

const detection = {
  lookupCookie: languageCookie,
  lookupFromHeaderKey: 'accept-language',
  supportedLanguages: [...languages],
  fallbackLanguage: languages[0],
  ignoreCase: true,
  order: [],
  lookupQueryString: '',
  lookupFromPathIndex: 0,
  caches: false,
} satisfies Parameters<typeof detectFromHeader>[1]

/** The language that a visitor has chosen in the app or, if none, the one of ours that their browser asks for first. */
export function chosenLanguage(c: AppContext): Language {
  const tag = detectFromCookie(c, detection) ?? detectFromHeader(c, detection)
  return isLanguage(tag) ? tag : languages[0]
}
