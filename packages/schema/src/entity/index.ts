import { z } from 'zod'
import { act } from './act.ts'
import { book } from './book.ts'
import type { EntityDefinition } from './defineEntity.ts'
import { image } from './image.ts'
import type { EntityKind } from './kinds.ts'
import { location } from './location.ts'
import { persona } from './persona.ts'
import { scene } from './scene.ts'
import { story } from './story.ts'
import { thing } from './thing.ts'

export * from './act.ts'
export * from './book.ts'
export * from './brief.ts'
export * from './defineEntity.ts'
export * from './fields.ts'
export * from './image.ts'
export * from './imageTypes.ts'
export * from './kinds.ts'
export * from './location.ts'
export * from './persona.ts'
export * from './relations.ts'
export * from './scene.ts'
export * from './story.ts'
export * from './tableFields.ts'
export * from './tableInput.ts'
export * from './thing.ts'
export * from './wholeEntry.ts'

/**
 * The definition of every kind, typed as any kind's: comparing the exact types with `EntityDefinition` at each use
 * costs the compiler half a second per package. A kind's own module has its exact type.
 */
export const entities: Readonly<Record<EntityKind, EntityDefinition>> = {
  story,
  book,
  act,
  scene,
  persona,
  location,
  thing,
  image,
}

/** An entry of any kind, as its `byId` returns it. */
export const anyEntity = z.union([
  story.answer,
  book.answer,
  act.answer,
  scene.answer,
  persona.answer,
  location.answer,
  thing.answer,
  image.answer,
])

/** The kinds that an entry of this kind contains, and that go into the trash with it. */
export function kindsWithin(kind: EntityKind): EntityKind[] {
  return Object.values(entities)
    .filter(({ parent }) => parent?.kind === kind)
    .map((definition) => definition.kind)
}
