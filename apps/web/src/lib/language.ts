import { type Language, languageCookie } from '@worldloom/schema/languages'

const yearInSeconds = 31_536_000

/**
 * Shows the app in another language. Each language has a build of its own, which the server chooses by this cookie, so
 * the page is loaded again.
 */
export function setLanguage(language: Language): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `${languageCookie}=${language}; path=/; max-age=${yearInSeconds}; samesite=lax`
  window.location.reload()
}
