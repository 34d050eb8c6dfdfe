import { z } from 'zod'
import { idField } from '../ids.ts'
import { pageInput } from '../pagination.ts'
import { defineEntity } from './defineEntity.ts'
import { line, worldDate } from './fields.ts'

export const location = defineEntity({
  kind: 'location',
  plural: 'locations',
  wording: {
    one: 'location',
    many: 'locations',
    about: 'A location is anywhere something happens; one may lie in another.',
  },
  fields: {
    locationKind: line({ label: 'Kind', hint: 'Town, ship, room …' }, 100),
    coordinates: line({ label: 'Coordinates', hint: 'However your maps count' }, 100),
    foundedOn: worldDate({ label: 'Founded', hint: 'In the calendar of the world' }, 'begin'),
    ruinedOn: worldDate({ label: 'In ruins since', hint: 'In the calendar of the world' }, 'end'),
  },
  parent: { field: 'parentId', kind: 'location', label: 'Located in', required: false },
})

export const locationChildrenInput = z.strictObject({ id: idField, ...pageInput })
