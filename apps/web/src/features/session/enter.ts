import type { useNavigate } from '@tanstack/solid-router'
import { procedureQueries, queryClient } from '../../lib/api.ts'
import { pagePaths } from '../../pagePaths.ts'

/** Where somebody was going when they were asked to sign in. Always a path of this site, whatever the URL says. */
export function destination(redirect: string | undefined): string {
  if (!redirect?.startsWith('/') || !URL.canParse(redirect, location.origin)) return pagePaths.worlds
  const url = new URL(redirect, location.origin)
  return url.origin === location.origin ? url.pathname + url.search + url.hash : pagePaths.worlds
}

/** Continues as the person who has just signed in. Everything cached for the previous one is dropped. */
export async function enter(navigate: ReturnType<typeof useNavigate>, redirect: string | undefined): Promise<void> {
  queryClient.removeQueries(procedureQueries)
  await navigate({ href: destination(redirect), replace: true })
}

/** Whether a route under `/auth` has signed the browser in. */
export function hasSignedIn(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'signedIn' in answer && answer.signedIn === true
}
