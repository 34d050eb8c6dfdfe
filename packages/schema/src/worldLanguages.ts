/** The languages that search knows word endings of; `simple` is for any other, and for invented ones. */
export const worldLanguages = [
  ...([
    'simple',
    'arabic',
    'armenian',
    'basque',
    'catalan',
    'danish',
    'dutch',
    'english',
    'finnish',
    'french',
  ] as const),
  ...(['german', 'greek', 'hindi', 'hungarian', 'indonesian', 'irish', 'italian', 'lithuanian', 'nepali'] as const),
  ...(['norwegian', 'portuguese', 'romanian', 'russian', 'serbian', 'spanish', 'swedish', 'tamil'] as const),
  ...(['turkish', 'yiddish'] as const),
] as const
export type WorldLanguage = (typeof worldLanguages)[number]
