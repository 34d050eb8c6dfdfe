import { defineEntity } from './defineEntity.ts'
import { line, paragraph, worldDate } from './fields.ts'

export const persona = defineEntity({
  kind: 'persona',
  plural: 'personas',
  wording: { one: 'persona', many: 'personas', about: 'A persona is anyone who acts in a story.' },
  fields: {
    epithet: line({ label: 'Epithet', hint: '“the Sleepless”' }),
    pronouns: line({ label: 'Pronouns' }, 100),
    born: line({ label: 'Birth', hint: 'What is told of it' }, 100),
    died: line({ label: 'Death', hint: 'What is told of it' }, 100),
    bornOn: worldDate({ label: 'Date of birth', hint: 'In the calendar of the world' }, 'begin'),
    diedOn: worldDate({ label: 'Date of death', hint: 'In the calendar of the world' }, 'end'),
    motivations: paragraph({ label: 'Motivations', hint: 'What they want, and what they need' }),
  },
})
