/** The button of the menu of the user, which looks the same before and after that is loaded. */
export const profileButtonClass =
  'grid size-10 place-items-center rounded-full bg-accent text-sm font-semibold text-on-accent'

/** “WH” for Wren Halloran. */
export function initials(name: string): string {
  const parts = name.trim().split(/\s+/)
  return [parts[0], parts.length > 1 ? parts.at(-1) : undefined]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}
