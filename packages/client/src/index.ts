import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '@worldloom/api/contract'

export { createWorldloomClient, type WorldloomClient } from './client.ts'
export { type ErrorReason, FailureError, isWorldloomError, readError, type WorldloomFailure } from './errors.ts'
export { type IterateInput, iterate, type Listing } from './iterate.ts'
export { type CallOptions, type Changed, idempotent, type WorldloomClientOptions } from './links.ts'
export { type MirrorOptions, mirrorWorld } from './mirror.ts'
export { type Upload, UploadError, upload, uploadImage } from './upload.ts'
export { type Watched, type WatchOptions, watch } from './watch.ts'
export type { AppRouter }

/** The inputs of all procedures: `RouterInputs['world']['create']`. */
export type RouterInputs = inferRouterInputs<AppRouter>
/** The outputs of all procedures, as they arrive: `RouterOutputs['world']['byId']`. */
export type RouterOutputs = inferRouterOutputs<AppRouter>
/** An event of the stream `world.changes`, with where the stream is after it. */
export type WorldEvent = RouterOutputs['world']['changes'] extends AsyncIterable<infer Event> ? Event : never
/** What a mirror of a world has to take over. */
export type SyncPage = RouterOutputs['world']['sync']
