/**
 * Runs something once the browser has painted what is there.
 *
 * @returns prevents it
 */
export function afterPaint(run: () => void): () => void {
  // A tab that is not seen is not painted.
  let timer = setTimeout(() => {
    cancelAnimationFrame(frame)
    run()
  }, 100)
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer)
    timer = setTimeout(run)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}
