import type { WorldVisibility } from '@worldloom/schema/world'

export const visibilityTexts: Record<WorldVisibility, { readonly label: string; readonly hint: string }> = {
  private: { label: 'Private', hint: 'Only you and those you invite' },
  unlisted: { label: 'Unlisted', hint: 'Everyone with the link and an account here' },
  public: { label: 'Public', hint: 'Everyone with an account here' },
}
