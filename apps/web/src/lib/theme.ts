import { createSignal } from 'solid-js'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** A cookie, so that the server can put it into the HTML and the page never appears in the wrong colours. */
const cookieName = 'worldloom_theme'
const yearInSeconds = 31_536_000

const [theme, setThemeSignal] = createSignal<Theme>(initialTheme())

export { theme }

export function setTheme(choice: Theme): void {
  setThemeSignal(choice)
  show(choice)
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `${cookieName}=${choice}; path=/; max-age=${yearInSeconds}; samesite=lax`
}

function show(choice: Theme): void {
  if (choice === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = choice
}

function initialTheme(): Theme {
  const given = new RegExp(`(?:^|; )${cookieName}=(light|dark)(?:;|$)`).exec(document.cookie)?.[1]
  const chosen = given === 'light' || given === 'dark' ? given : 'system'
  // In development it is not in the HTML.
  show(chosen)
  return chosen
}
