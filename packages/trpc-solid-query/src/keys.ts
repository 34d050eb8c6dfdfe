import { skipToken } from '@tanstack/solid-query'

export type QueryKind = 'query' | 'infinite'

/** `[['world', 'byId'], { input, type }]`. The path is an array, so that a shorter one matches everything below it. */
export type TRPCQueryKey<Prefixed extends boolean = false> = Prefixed extends true
  ? [prefix: string[], path: string[], args?: QueryKeyArguments]
  : [path: string[], args?: QueryKeyArguments]

export type TRPCMutationKey<Prefixed extends boolean = false> = Prefixed extends true
  ? [prefix: string[], path: string[]]
  : [path: string[]]

export interface QueryKeyArguments {
  input?: unknown
  type?: QueryKind
}

/** The key of everything below a path; for the root, `[]`, which matches everything. */
export function pathKey(prefix: string | undefined, path: readonly string[]): TRPCQueryKey<boolean> {
  const parts = splitPath(path)
  return withPrefix(prefix, parts.length > 0 ? [parts] : [])
}

/** The key of a query; without an input, it matches all inputs. */
export function queryKey(
  prefix: string | undefined,
  path: readonly string[],
  type: QueryKind,
  input: unknown,
): TRPCQueryKey<boolean> {
  const args: QueryKeyArguments = { type }
  // All pages belong to one query, so where a page begins is not part of the key.
  const keyed = type === 'infinite' ? withoutPage(input) : input
  if (keyed !== undefined && keyed !== skipToken) args.input = keyed
  return withPrefix(prefix, [splitPath(path), args])
}

export function mutationKey(prefix: string | undefined, path: readonly string[]): TRPCMutationKey<boolean> {
  return withPrefix(prefix, [splitPath(path)]) as TRPCMutationKey<boolean> // has at most two elements
}

function withPrefix(prefix: string | undefined, key: unknown[]): TRPCQueryKey<boolean> {
  return (prefix ? [[prefix], ...key] : key) as TRPCQueryKey<boolean> // path and arguments, as the callers built them
}

function splitPath(path: readonly string[]): string[] {
  return path.flatMap((part) => part.split('.'))
}

function withoutPage(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || !('cursor' in input || 'direction' in input)) return input
  const { cursor: _, direction: __, ...rest } = input as Record<string, unknown> // an object, checked above
  return rest
}
