export { createTRPCContext, type TRPCProviderProps } from './context.ts'
export type { TRPCMutationKey, TRPCQueryKey } from './keys.ts'
export type { MutationOverrides } from './mutationOptions.ts'
export {
  createTRPCOptionsProxy,
  type inferInput,
  type inferOutput,
  type TRPCOptionsProxy,
  type TRPCOptionsProxyOptions,
} from './optionsProxy.ts'
export type { ConnectionState, SubscriptionCallbacks, SubscriptionOptions } from './subscriptionOptions.ts'
export { type SubscriptionResult, type SubscriptionStatus, useSubscription } from './useSubscription.ts'
