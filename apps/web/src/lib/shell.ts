let waiting = 0

/**
 * Keeps what index.html shows of a page for as long as something of what leads to the page is still to be rendered. Until then,
 * what is there is not shown (`styles.css`), so that nothing is seen to go and come again.
 *
 * @returns says that it is rendered
 */
export function holdShell(): () => void {
  waiting++
  let isHeld = true
  return () => {
    if (!isHeld) return
    isHeld = false
    waiting--
    if (waiting === 0) document.getElementById('shell')?.remove()
  }
}
