import { useNavigate } from '@tanstack/solid-router'
import { queryClient } from '../../lib/api.ts'
import { pagePaths } from '../../pagePaths.ts'
import { showToast } from '../../ui/toast.ts'
import { forgetAllUnsent } from '../writing/unsent.ts'
import * as words from './words.ts'

/**
 * Ends the session on the server and clears what the browser has kept. @throws {Error} when the server can't be reached
 */
async function signOut(): Promise<void> {
  const response = await fetch('/auth/sign-out', { method: 'POST' })
  if (!response.ok) throw new Error(`Signing out was answered with ${response.status}`)
  queryClient.clear()
  forgetAllUnsent()
}

/** Signs out and goes to the sign-in page, or says that it did not work. */
export function useSignOut(): () => Promise<void> {
  const navigate = useNavigate()
  return async () => {
    try {
      await signOut()
      await navigate({ to: pagePaths.signIn })
    } catch {
      showToast(words.youCouldNotBeSigned)
    }
  }
}
