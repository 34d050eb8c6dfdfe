import type { PasswordOptions, SignInProvider } from '@worldloom/schema/signIn'
import { getJson } from '../../lib/failure.ts'
import * as words from './words.ts'

/** The ways to sign in that this server offers. @throws {Error} when it can't be reached */
async function listProviders(): Promise<SignInProvider[]> {
  return await getJson('/auth/providers')
}

async function readPasswordOptions(): Promise<PasswordOptions> {
  return await getJson('/auth/password')
}

export const providersQuery = {
  queryKey: ['providers'],
  queryFn: listProviders,
  staleTime: Number.POSITIVE_INFINITY,
}

export const passwordQuery = {
  queryKey: ['password-options'],
  queryFn: readPasswordOptions,
  staleTime: Number.POSITIVE_INFINITY,
}

/** What people call it. The demo account is ours, so it is in the language of the app. */
export function providerLabel({ id, label }: Pick<SignInProvider, 'id' | 'label'>): string {
  return id === 'local' ? words.demoAccount : label
}
