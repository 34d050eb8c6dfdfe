import type { SignInProvider } from '@worldloom/schema/signIn'

/** The ways to sign in that this server offers. @throws {Error} when it can't be reached */
export async function listProviders(): Promise<SignInProvider[]> {
  const response = await fetch('/auth/providers')
  if (!response.ok) throw new Error(`/auth/providers answered ${response.status}`)
  return await response.json()
}
