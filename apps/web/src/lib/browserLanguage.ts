import { language } from './words.ts'

/**
 * Chromium says `en-US@posix` where the system names no language, which is no tag of BCP 47. uPlot gives what the browser says to Intl
 * as it is loaded: that throws, and neither the plot nor the page around it would be shown.
 */
export function requireLanguageTag(): void {
  try {
    Intl.getCanonicalLocales(navigator.language)
  } catch {
    Object.defineProperty(navigator, 'language', { value: language, configurable: true })
  }
}
