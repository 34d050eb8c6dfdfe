/** The ids in a new order, with some moved after another, or to the beginning for null. */
export function reordered(ids: readonly string[], moved: readonly string[], afterId: string | null): string[] {
  const others = ids.filter((other) => !moved.includes(other))
  return others.toSpliced(afterId === null ? 0 : others.indexOf(afterId) + 1, 0, ...moved)
}
