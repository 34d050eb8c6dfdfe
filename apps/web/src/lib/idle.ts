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
