import { useMutation } from '@tanstack/solid-query'
import { queryClient, type RouterInputs, trpc, type World } from '../../lib/api.ts'
import RecordDialog from '../records/RecordDialog.tsx'
import type { Draft } from '../records/recordFields.ts'
import * as words from './words.ts'
import { worldFields } from './worldFields.ts'

/** Creates a world. What is written of it later is edited on its page. */
export default function WorldDialog(props: {
  /** Initial values. */
  initial?: Draft
  onClose: () => void
  onSaved: (world: World) => void
}) {
  const create = useMutation(() => trpc.world.create.mutationOptions())
  return (
    <RecordDialog<World>
      noun={words.world}
      title={words.aNewWorld}
      description={words.aNameIsEnoughToStart}
      fields={worldFields}
      draftKey="new"
      {...(props.initial && { initial: props.initial })}
      // The form's fields match these inputs: see above.
      create={(values) => create.mutateAsync(values as RouterInputs['world']['create'])}
      onClose={props.onClose}
      onSaved={(world) => {
        queryClient.setQueryData(trpc.world.byId.queryKey({ id: world.id }), world)
        void queryClient.invalidateQueries(trpc.world.pathFilter())
        props.onSaved(world)
      }}
    />
  )
}
