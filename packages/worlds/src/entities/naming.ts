import { type EntityDefinition, TakenError } from '@worldloom/schema'

/** Adds to a name conflict which entry has the name. */
export async function naming<Result>(definition: EntityDefinition, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    const isName = error instanceof Error && 'constraint' in error && error.constraint === 'entities_name_key'
    if (!isName) throw error
    throw new TakenError(
      definition.wording.one,
      'name',
      `Another ${definition.wording.one} in this world already has that name. Choose a different one.`,
    )
  }
}
