import type { WorldVisibility } from '@worldloom/schema/world'
import * as words from './words.ts'

export const visibilityTexts: Record<WorldVisibility, { readonly label: string; readonly hint: string }> = {
  private: { label: words.privateIt, hint: words.onlyYouThoseYouInvite },
  unlisted: { label: words.unlisted, hint: words.everyoneWhoHasItsAddress },
  public: { label: words.publicIt, hint: words.everyoneAlsoWithoutAnAccount },
}
