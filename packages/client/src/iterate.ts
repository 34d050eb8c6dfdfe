/** A list procedure of the client: `client.story.list`. */
export interface Listing<Input, Item> {
  query(input: Input, options?: { signal?: AbortSignal }): Promise<{ items: Item[]; nextCursor: string | null }>
}

/** The part of a list's input that the caller sets. */
export type IterateInput<Input> = Omit<NonNullable<Input>, 'cursor' | 'direction'>

/**
 * Iterates over a whole list, fetching each page when it is needed.
 *
 * @param input the list's input; `limit` is the page size
 * @example for await (const story of iterate(client.story.list, { worldId })) console.log(story.name)
 */
export async function* iterate<Input, Item>(
  list: Listing<Input, Item>,
  input: IterateInput<Input>,
  options: { readonly signal?: AbortSignal } = {},
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | null = null
  do {
    // The list's own input with the cursor, which all lists have.
    const page: { items: Item[]; nextCursor: string | null } = await list.query(
      { ...input, ...(cursor !== null && { cursor }) } as Input,
      options,
    )
    yield* page.items
    cursor = page.nextCursor
  } while (cursor !== null)
}
