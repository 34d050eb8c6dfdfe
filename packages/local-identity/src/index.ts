export {
  type LocalIdentityOptions,
  type LocalIdentityProvider,
  type Person,
  startLocalIdentityProvider,
} from './provider.ts'
