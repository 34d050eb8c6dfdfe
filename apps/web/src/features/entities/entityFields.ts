import type { Kind } from '../../lib/kinds.ts'
import { bodyField, type FormField, sharedFields } from '../records/recordFields.ts'

/** The fields of a kind's form. A required parent is changed by moving, on the parent's page. */
export function entityFields(kind: Kind, isNew: boolean): readonly FormField[] {
  const { parent } = kind
  const parentField: FormField[] =
    parent && (isNew || !parent.required)
      ? [
          {
            name: parent.field,
            label: parent.label,
            control: { as: 'reference', kind: parent.kind },
            initial: parent.required ? '' : null,
            required: parent.required,
          },
        ]
      : []
  return [...sharedFields, ...parentField, ...kind.fields, bodyField]
}
