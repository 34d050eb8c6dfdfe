import type { IncomingMessage } from 'node:http'
import type { LimitState } from '@worldloom/auth'
import type { Config } from '@worldloom/config'
import type { WalPosition } from '@worldloom/db'
import type { Context } from 'hono'
import type { WorldloomResponse } from './response.ts'

/** What the middleware sets for the routes. */
export interface AppVariables {
  requestId: string
  /** How many proxies are trusted to say where a request comes from. */
  trustedProxies: number
  /** What the caller has left of their limit. */
  limit?: LimitState | undefined
  /** Where the database’s log was after what this request has written, if replicas are read from. */
  position?: WalPosition | undefined
}

export interface AppEnvironment {
  Bindings: { incoming: IncomingMessage; outgoing: WorldloomResponse }
  Variables: AppVariables
}

export type AppContext = Context<AppEnvironment>

/** The settings of an app. The rest of the configuration concerns the process. */
export type AppConfig = Pick<
  Config,
  | 'NODE_ENV'
  | 'TRASH_RETENTION'
  | 'PUBLIC_URL'
  | 'CORS_ORIGINS'
  | 'GUEST_READING'
  | 'TRUSTED_PROXIES'
  | 'BODY_LIMIT'
  | 'IMPORT_LIMIT'
  | 'REQUEST_TIMEOUT'
  | 'METRICS_TOKEN'
  | 'PASSWORD_SIGN_IN'
  | 'PASSWORD_SIGN_UP'
  | 'SECRET_SCANNING_KEYS_URL'
>
