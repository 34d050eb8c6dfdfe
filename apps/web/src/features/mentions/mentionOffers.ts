import type { EntityKind } from '@worldloom/schema'
import { writeMention } from '@worldloom/schema/mentionText'
import type { RouterOutputs } from '../../lib/api.ts'
import { entityCall, kinds, refreshWorlds } from '../../lib/kinds.ts'
import * as words from './words.ts'

/** The kinds that can be created as placeholders: those that need nothing but a name. */
const placeholderKinds = ['persona', 'location', 'thing'] as const satisfies readonly EntityKind[]

/** Something that can be mentioned. */
export interface MentionOffer {
  readonly label: string
  readonly hint: string
  /** @returns what is written into the text @throws {Error} if it had to be created, and was not */
  readonly take: () => Promise<string>
}

/** What can be mentioned by a name that was typed: the entries that were found, and what could be created by it. */
export function mentionOffers(
  worldId: string,
  typed: string,
  found: RouterOutputs['search']['suggest']['items'],
): MentionOffer[] {
  const existing = found.map(
    ({ id, kind, displayName }): MentionOffer => ({
      label: displayName,
      hint: kinds[kind].wording.one,
      take: async () => writeMention(id, displayName),
    }),
  )
  const name = typed.trim()
  const isKnown = found.some((item) => item.displayName.toLowerCase() === name.toLowerCase())
  if (name.length < 2 || isKnown) return existing
  const missing = placeholderKinds.map(
    (kind): MentionOffer => ({
      label: words.createNamed(kinds[kind].wording.one, name),
      hint: words.toBeFilledInLater,
      take: async () => {
        const made = await entityCall(kind).create.mutate({ worldId, name, isPlaceholder: true })
        void refreshWorlds()
        return writeMention(made.id, made.displayName)
      },
    }),
  )
  return [...existing, ...missing]
}
