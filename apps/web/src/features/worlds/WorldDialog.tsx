import { useMutation } from '@tanstack/solid-query'
import { queryClient, type RouterInputs, trpc, type World } from '../../lib/api.ts'
import * as common from '../../ui/words.ts'
import RecordDialog from '../records/RecordDialog.tsx'
import { bodyField, type Draft, type FormField, sharedFields } from '../records/recordFields.ts'
import { visibilityTexts } from '../sharing/visibility.ts'
import * as words from './words.ts'

const fields: readonly FormField[] = [
  ...sharedFields,
  bodyField,
  {
    name: 'visibility',
    label: common.whoCanReadIt,
    control: { as: 'cards', options: visibilityTexts },
    initial: 'private',
  },
]

/** Creates or edits a world. */
export default function WorldDialog(props: {
  /** The world to edit; undefined to create one. */
  world?: World
  /** Initial values for a new one. */
  initial?: Draft
  onClose: () => void
  onSaved: (world: World) => void
}) {
  const create = useMutation(() => trpc.world.create.mutationOptions())
  const update = useMutation(() => trpc.world.update.mutationOptions())
  return (
    <RecordDialog<World>
      noun={words.world}
      title={props.world ? words.editWorld : words.aNewWorld}
      description={props.world ? '' : words.aNameIsEnoughToStart}
      fields={fields}
      record={props.world}
      draftKey={props.world?.id ?? 'new'}
      {...(props.initial && { initial: props.initial })}
      // The form's fields match these inputs: see above.
      create={(values) => create.mutateAsync(values as RouterInputs['world']['create'])}
      update={(changes) => update.mutateAsync(changes as RouterInputs['world']['update'])}
      onClose={props.onClose}
      onSaved={(world) => {
        queryClient.setQueryData(trpc.world.byId.queryKey({ id: world.id }), world)
        void queryClient.invalidateQueries(trpc.world.pathFilter())
        props.onSaved(world)
      }}
    />
  )
}
