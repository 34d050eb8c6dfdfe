import { type EntitySummary, fieldOf, type Kind } from '../../lib/kinds.ts'

/** The first of its own fields whose values are short. */
export function shortFacts(kind: Kind, entity: EntitySummary): string[] {
  return kind.fields
    .flatMap(({ name, control }) => {
      const value = fieldOf(entity, name)
      if (!value) return []
      if (control.as === 'choice') return control.options[value] ?? []
      return control.as === 'line' && value.length <= 40 ? value : []
    })
    .slice(0, 3)
}
