import { defineEntity } from './defineEntity.ts'
import { line, paragraph } from './fields.ts'

export const persona = defineEntity({
  kind: 'persona',
  plural: 'personas',
  wording: { one: 'persona', many: 'personas', about: 'A persona is anyone who acts in a story.' },
  fields: {
    epithet: line({ label: 'Epithet', hint: '“the Sleepless”' }),
    pronouns: line({ label: 'Pronouns' }, 100),
    born: line({ label: 'Born', hint: 'In the time of the world' }, 100),
    died: line({ label: 'Died', hint: 'In the time of the world' }, 100),
    motivations: paragraph({ label: 'Motivations', hint: 'What they want, and what they need' }),
  },
})
