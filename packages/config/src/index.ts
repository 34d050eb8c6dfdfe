export { isLoopbackUrl } from './environment.ts'
export { environmentExample } from './example.ts'
export { type Config, ConfigurationError, loadConfig, parseConfig, type RawEnvironment } from './load.ts'
export type { OidcProviderSettings } from './oidcProviders.ts'
