import { queryClient } from '../../lib/api.ts'

/**
 * Ends the session on the server and clears what the page has cached. @throws {Error} when the server can't be reached
 */
export async function signOut(): Promise<void> {
  const response = await fetch('/auth/sign-out', { method: 'POST' })
  if (!response.ok) throw new Error(`Signing out was answered with ${response.status}`)
  queryClient.clear()
}
