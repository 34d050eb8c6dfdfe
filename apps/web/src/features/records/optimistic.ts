import type { DataTag, QueryKey } from '@tanstack/solid-query'
import { queryClient } from '../../lib/api.ts'
import { failureOf } from '../../lib/failure.ts'
import { showToast } from '../../ui/toast.ts'

/**
 * Options of a mutation that is shown at once in what a query has read, and taken back, with the reason, if it was refused.
 *
 * @param change what the query will read once it is done
 */
export function optimistic<Data, Input, Failure>(
  query: () => { readonly queryKey: DataTag<QueryKey, Data, Failure> },
  change: (data: Data, input: Input) => Data,
) {
  return {
    onMutate: async (input: Input) => {
      const { queryKey } = query()
      // What is being read was asked for before.
      await queryClient.cancelQueries({ queryKey })
      const before = queryClient.getQueryData<Data>(queryKey)
      if (before !== undefined) queryClient.setQueryData<Data>(queryKey, change(before, input))
      return { queryKey, before }
    },
    onError: (
      error: unknown,
      _input: Input,
      shown: { readonly queryKey: QueryKey; readonly before: Data | undefined } | undefined,
    ) => {
      if (shown?.before !== undefined) queryClient.setQueryData(shown.queryKey, shown.before)
      showToast(failureOf(error).message)
    },
  }
}
