let end = () => {}

/**
 * Puts the focus at the content of a page that was just opened, unless something in it took the focus; also when what is shown while
 * the page loads is replaced, until its reader does something.
 */
export function focusContent(): void {
  end()
  const focus = () => {
    if (document.activeElement === document.body) document.getElementById('main')?.focus({ preventScroll: true })
  }
  // The browser says nothing of an element that is removed while it has the focus.
  const observer = new MutationObserver(focus)
  const done = new AbortController()
  end = () => {
    observer.disconnect()
    done.abort()
  }
  for (const input of ['keydown', 'pointerdown']) {
    addEventListener(input, () => end(), { capture: true, signal: done.signal })
  }
  observer.observe(document.body, { childList: true, subtree: true })
  setTimeout(focus)
}
