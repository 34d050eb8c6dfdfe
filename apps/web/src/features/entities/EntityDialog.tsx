import { useMutation } from '@tanstack/solid-query'
import type { EntityKind } from '@worldloom/schema'
import { queryClient, type RouterInputs, type RouterOutputs } from '../../lib/api.ts'
import { type Entity, entityApi, kinds, refreshWorlds } from '../../lib/kinds.ts'
import RecordDialog from '../records/RecordDialog.tsx'
import type { Draft } from '../records/recordFields.ts'
import { entityFields } from './entityFields.ts'

/** Makes or edits something of any kind. */
export default function EntityDialog(props: {
  worldId: string
  kind: EntityKind
  /** What to edit; none to make a new one. */
  entity?: Entity
  /** What a new one begins with, e.g. what it lies in. */
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
      title={props.entity ? `Edit ${one}` : `A new ${one}`}
      description={props.entity ? '' : about}
      fields={entityFields(kind, props.entity === undefined)}
      record={props.entity}
      draftKey={props.entity?.id ?? `${props.worldId}/${props.kind}`}
      worldId={props.worldId}
      {...(props.initial && { initial: props.initial })}
      // The form has the fields that these take: they are made of the same declaration.
      create={(values) => create.mutateAsync({ worldId: props.worldId, ...values } as RouterInputs['thing']['create'])}
      update={(changes) => update.mutateAsync(changes as RouterInputs['thing']['update'])}
      onClose={props.onClose}
      onSaved={(entity) => {
        // Of whichever kind: what was saved is what reading it would answer.
        queryClient.setQueryData(api.byId.queryKey({ id: entity.id }), entity as RouterOutputs['thing']['byId'])
        void refreshWorlds()
        props.onSaved(entity)
      }}
    />
  )
}
