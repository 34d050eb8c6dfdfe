import { queryClient } from '../../lib/api.ts'

/** Ends the session, on the server and in what this page remembers. @throws {Error} when the server can't be reached */
export async function signOut(): Promise<void> {
  const response = await fetch('/auth/sign-out', { method: 'POST' })
  if (!response.ok) throw new Error(`Signing out was answered with ${response.status}`)
  queryClient.clear()
}
