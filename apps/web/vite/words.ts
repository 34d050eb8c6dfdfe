import type { Language } from '@worldloom/schema/languages'
import type { Plugin } from 'vite'

/**
 * Gives every import of a catalog, `words.ts`, the catalog of the language. A build has the texts of one language, so
 * the others cost nothing when the app runs.
 */
export function catalogs(language: Language): Plugin {
  return {
    name: 'catalogs',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (language === 'en' || !source.endsWith('/words.ts')) return undefined
      const english = await this.resolve(source, importer, { ...options, skipSelf: true })
      return english?.id.replace(/words\.ts$/, `words.${language}.ts`)
    },
  }
}
