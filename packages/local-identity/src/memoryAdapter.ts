import type { Adapter, AdapterPayload } from 'oidc-provider'

/**
 * Keeps the provider's state (sign-ins in progress, codes, grants) in memory. oidc-provider's own in-memory adapter
 * does the same, but warns at every start that it is not for production, where this provider never runs.
 *
 * @see https://github.com/panva/node-oidc-provider/blob/main/example/my_adapter.js
 */
export function memoryAdapter(): (name: string) => Adapter {
  const records = new Map<string, { readonly payload: AdapterPayload; readonly expires: number }>()

  return (name) => {
    const key = (id: string) => `${name}:${id}`
    const find = (matches: (payload: AdapterPayload) => boolean) => {
      for (const [recordKey, { payload, expires }] of records) {
        if (expires <= Date.now()) records.delete(recordKey)
        else if (recordKey.startsWith(`${name}:`) && matches(payload)) return payload
      }
      return undefined
    }
    return {
      upsert: async (id, payload, seconds) => {
        records.set(key(id), { payload, expires: seconds ? Date.now() + seconds * 1000 : Number.POSITIVE_INFINITY })
      },
      find: async (id) => {
        const record = records.get(key(id))
        return record && record.expires > Date.now() ? record.payload : undefined
      },
      findByUid: async (uid) => find((payload) => payload.uid === uid),
      findByUserCode: async (userCode) => find((payload) => payload.userCode === userCode),
      consume: async (id) => {
        const record = records.get(key(id))
        if (record) record.payload.consumed = Math.floor(Date.now() / 1000)
      },
      destroy: async (id) => {
        records.delete(key(id))
      },
      revokeByGrantId: async (grantId) => {
        for (const [recordKey, { payload }] of records) if (payload.grantId === grantId) records.delete(recordKey)
      },
    }
  }
}
