export type { Person } from './person.ts'
export { type LocalIdentityOptions, type LocalIdentityProvider, startLocalIdentityProvider } from './provider.ts'
