import type { WorldVisibility } from '@worldloom/schema/world'

export const visibilityTexts: Record<WorldVisibility, { readonly label: string; readonly hint: string }> = {
  private: { label: 'Private', hint: 'Only you, those you invite, and whoever has a share link' },
  unlisted: { label: 'Unlisted', hint: 'Everyone who has its address, also without an account' },
  public: { label: 'Public', hint: 'Everyone, also without an account; it is listed among the worlds to read' },
}
