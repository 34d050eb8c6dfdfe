import { language } from './words.ts'

let rules: Intl.PluralRules | undefined

/** Chooses the form of a count, by the rules of the language: “1 word”, “2 words”. */
export function plural(
  count: number,
  forms: Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string },
): string {
  rules ??= new Intl.PluralRules(language)
  return forms[rules.select(count)] ?? forms.other
}
