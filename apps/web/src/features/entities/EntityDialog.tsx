import { useMutation } from '@tanstack/solid-query'
import type { EntityKind } from '@worldloom/schema'
import { queryClient, type RouterInputs, type RouterOutputs } from '../../lib/api.ts'
import { type Entity, entityApi, kinds, refreshWorlds } from '../../lib/kinds.ts'
import RecordDialog from '../records/RecordDialog.tsx'
import type { Draft } from '../records/recordFields.ts'
import { entityFields } from './entityFields.ts'
import * as words from './words.ts'

/** Creates an entry of any kind. What is written in it later is edited on its page. */
export default function EntityDialog(props: {
  worldId: string
  kind: EntityKind
  /** Initial values, e.g. its parent. */
  initial?: Draft
  onClose: () => void
  onSaved: (entity: Entity) => void
}) {
  const kind = kinds[props.kind]
  const { one, about } = kind.wording
  const api = entityApi(props.kind)
  const create = useMutation(() => api.create.mutationOptions())
  return (
    <RecordDialog<Entity>
      noun={one}
      title={words.aNewOne(one)}
      description={about}
      fields={entityFields(kind, true)}
      draftKey={`${props.worldId}/${props.kind}`}
      worldId={props.worldId}
      {...(props.initial && { initial: props.initial })}
      // The form and these inputs derive from the same definition.
      create={(values) => create.mutateAsync({ worldId: props.worldId, ...values } as RouterInputs['thing']['create'])}
      onClose={props.onClose}
      onSaved={(entity) => {
        // Saving returns the same type as reading.
        queryClient.setQueryData(api.byId.queryKey({ id: entity.id }), entity as RouterOutputs['thing']['byId'])
        void refreshWorlds()
        props.onSaved(entity)
      }}
    />
  )
}
