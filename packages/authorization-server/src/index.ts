export { AuthorizationServer, type AuthorizationServerOptions } from './authorizationServer.ts'
export { authorizationPaths, commandLineClient } from './configuration.ts'
export { resourceUrl } from './resources.ts'
