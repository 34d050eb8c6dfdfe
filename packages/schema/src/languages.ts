/** The languages of the app and of the pages for readers, by their tags of BCP 47. The first is the usual one. */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** What each language calls itself. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' }

/** Where the app in a language is, in URLs and in the folder that is built: `/`, `/de/`. */
export function languagePath(language: Language): string {
  return language === languages[0] ? '/' : `/${language}/`
}

/** The cookie that a visitor's choice is kept in. */
export const languageCookie = 'worldloom_language'

export function isLanguage(tag: string | undefined): tag is Language {
  return languages.some((language) => language === tag)
}
