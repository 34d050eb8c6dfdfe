import { defineEntity } from './defineEntity.ts'
import { line, reference, worldDate } from './fields.ts'

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
    madeOn: worldDate({ label: 'Made', hint: 'In the calendar of the world' }, 'begin'),
    lostOn: worldDate({ label: 'Lost or destroyed', hint: 'In the calendar of the world' }, 'end'),
    ownerPersonaId: reference({ label: 'Belongs to' }, 'persona'),
  },
})
