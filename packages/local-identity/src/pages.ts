import { html } from 'hono/html'
import type { Person } from './person.ts'

const style = `
  :root { color-scheme: light dark; --page: #f6f3ec; --card: #fffdf8; --line: #ddd5c5; --text: #26221b; --soft: #6a6152; --accent: #7a3e1d }
  @media (prefers-color-scheme: dark) {
    :root { --page: #14161c; --card: #1c1f27; --line: #333846; --text: #ece7dc; --soft: #a49d8f; --accent: #e0a778 }
  }
  * { box-sizing: border-box }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--page);
    color: var(--text); font: 16px/1.5 system-ui, sans-serif }
  main { width: 100%; max-width: 27rem }
  h1 { font: 600 1.75rem/1.2 Georgia, serif; margin: 0 0 .5rem }
  p { color: var(--soft); margin: 0 0 1.5rem }
  form { margin: 0 0 .75rem }
  button { width: 100%; display: flex; gap: 1rem; align-items: center; text-align: left; cursor: pointer; font: inherit;
    color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: .9rem 1rem }
  button:hover { border-color: var(--accent) }
  button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
  b { display: block; font-weight: 600 }
  small { color: var(--soft); font-size: .875rem }
  .initials { flex: none; width: 2.75rem; height: 2.75rem; border-radius: 50%; display: grid; place-items: center;
    background: var(--accent); color: var(--page); font-weight: 600 }
  .cancel { justify-content: center; background: none; border-color: transparent; color: var(--soft) }
`

function page(title: string, content: ReturnType<typeof html>): string {
  return String(html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <style>${style}</style>
  </head>
  <body><main>${content}</main></body>
</html>`)
}

export function choosePersonPage(interaction: string, people: readonly Person[]): string {
  return page(
    'Who are you today?',
    html`<h1>Who are you today?</h1>
      <p>This identity provider runs on your own machine, for trying Worldloom out. Pick somebody to be; there is no password.</p>
      ${people.map(
        (person) => html`<form method="post" action="/interaction/${interaction}/${person.subject}">
          <button>
            <span class="initials" aria-hidden="true">${person.firstName[0]}${person.lastName[0]}</span>
            <span><b>${person.firstName} ${person.lastName}</b><small>${person.description}</small></span>
          </button>
        </form>`,
      )}
      <form method="post" action="/interaction/${interaction}/cancel"><button class="cancel">Cancel</button></form>`,
  )
}

export function messagePage(title: string, sentence: string): string {
  return page(title, html`<h1>${title}</h1><p>${sentence}</p>`)
}
