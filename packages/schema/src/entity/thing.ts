import { defineEntity } from './defineEntity.ts'
import { line, reference } from './fields.ts'

export const thing = defineEntity({
  kind: 'thing',
  plural: 'things',
  wording: {
    one: 'thing',
    many: 'things',
    about: 'A thing is anything that matters to somebody: a bell, a letter, a debt.',
  },
  fields: {
    thingKind: line({ label: 'Kind', hint: 'Bell, letter, debt …' }, 100),
    ownerPersonaId: reference({ label: 'Belongs to' }, 'persona'),
  },
})
