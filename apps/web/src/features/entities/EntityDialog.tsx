import { useMutation } from '@tanstack/solid-query'
import type { EntityKind } from '@worldloom/schema'
import { queryClient, type RouterInputs, type RouterOutputs } from '../../lib/api.ts'
import { type Entity, entityApi, kinds, refreshWorlds } from '../../lib/kinds.ts'
import RecordDialog from '../records/RecordDialog.tsx'
import type { Draft } from '../records/recordFields.ts'
import { entityFields } from './entityFields.ts'
import * as words from './words.ts'

/** Creates or edits an entry of any kind. */
export default function EntityDialog(props: {
  worldId: string
  kind: EntityKind
  /** The entry to edit; undefined to create one. */
  entity?: Entity
  /** Initial values for a new one, e.g. its parent. */
  initial?: Draft
  onClose: () => void
  onSaved: (entity: Entity) => void
}) {
  const kind = kinds[props.kind]
  const { one, about } = kind.wording
  const api = entityApi(props.kind)
  const create = useMutation(() => api.create.mutationOptions())
  const update = useMutation(() => api.update.mutationOptions())
  return (
    <RecordDialog<Entity>
      noun={one}
      title={props.entity ? words.editOne(one) : words.aNewOne(one)}
      description={props.entity ? '' : about}
      fields={entityFields(kind, props.entity === undefined)}
      record={props.entity}
      draftKey={props.entity?.id ?? `${props.worldId}/${props.kind}`}
      worldId={props.worldId}
      {...(props.initial && { initial: props.initial })}
      // The form and these inputs derive from the same definition.
      create={(values) => create.mutateAsync({ worldId: props.worldId, ...values } as RouterInputs['thing']['create'])}
      update={(changes) => update.mutateAsync(changes as RouterInputs['thing']['update'])}
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
