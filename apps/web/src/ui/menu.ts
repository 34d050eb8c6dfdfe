/** The classes of dropdown menus. */
export const menuClass =
  'z-50 animate-[rise_150ms_ease-out] rounded-2xl border border-line bg-raised p-2 shadow-lifted outline-none'

export const menuItemClass =
  'flex min-h-10 items-center gap-2.5 rounded-lg px-3 py-2 text-sm outline-none data-[highlighted]:bg-accent-wash'
