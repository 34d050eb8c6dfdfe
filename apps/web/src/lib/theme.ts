import { createSignal } from 'solid-js'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Also read by public/theme.js, before the app is there. */
const storageKey = 'worldloom.theme'

const [theme, setThemeSignal] = createSignal<Theme>(initialTheme())

export { theme }

export function setTheme(choice: Theme): void {
  setThemeSignal(choice)
  if (choice === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = choice
  try {
    localStorage.setItem(storageKey, choice)
  } catch {
    // Storage is closed to us: the choice holds until the page is left.
  }
}

function initialTheme(): Theme {
  const given = document.documentElement.dataset.theme
  return given === 'light' || given === 'dark' ? given : 'system'
}
