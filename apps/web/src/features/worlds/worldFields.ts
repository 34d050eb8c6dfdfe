import * as common from '../../ui/words.ts'
import { bodyField, type FormField, sharedFields } from '../records/recordFields.ts'
import { visibilityTexts } from '../sharing/visibility.ts'

/** What people write of a world itself. */
export const worldFields: readonly FormField[] = [
  ...sharedFields,
  bodyField,
  {
    name: 'visibility',
    label: common.whoCanReadIt,
    control: { as: 'cards', options: visibilityTexts },
    initial: 'private',
  },
]
