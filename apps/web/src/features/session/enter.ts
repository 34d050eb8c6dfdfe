import type { useNavigate } from '@tanstack/solid-router'
import { procedureQueries, queryClient } from '../../lib/api.ts'
import { pagePaths } from '../../pagePaths.ts'

/** Where somebody was going when they were asked to sign in: a path of this site, whatever the address says. */
export function destination(redirect: string | undefined): string {
  if (!redirect?.startsWith('/') || !URL.canParse(redirect, location.origin)) return pagePaths.worlds
  const url = new URL(redirect, location.origin)
  return url.origin === location.origin ? url.pathname + url.search + url.hash : pagePaths.worlds
}

/** Goes on as who has just signed in: nothing of whoever was here before is remembered. */
export async function enter(navigate: ReturnType<typeof useNavigate>, redirect: string | undefined): Promise<void> {
  queryClient.removeQueries(procedureQueries)
  await navigate({ href: destination(redirect), replace: true })
}

/** Whether a route under `/auth` has signed the browser in. */
export function hasSignedIn(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'signedIn' in answer && answer.signedIn === true
}
