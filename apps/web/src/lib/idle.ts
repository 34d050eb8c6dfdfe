/** Resolves when the browser has nothing more urgent to do, or in a second at the latest. */
export function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    // Safari does not have requestIdleCallback.
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 1000 })
    else setTimeout(resolve, 100)
  })
}

/**
 * Loads a module once the browser is idle. Evaluating and using it are separate tasks, so that input in between is
 * handled.
 */
export async function importWhenIdle<Module>(load: () => Promise<Module>): Promise<Module> {
  await whenIdle()
  const module = await load()
  await whenIdle()
  return module
}

/** Resolves once the browser has painted what is there. A tab that is not seen is not painted: then in a moment. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve))
    setTimeout(resolve, 100)
  })
}

/** Loads a module once what is around it is painted: for what is seen at once, but takes files of its own. */
export async function importAfterPaint<Module>(load: () => Promise<Module>): Promise<Module> {
  await painted()
  return await load()
}
