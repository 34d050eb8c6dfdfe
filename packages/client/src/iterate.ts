/** A list of Worldloom's, as the client has it: `client.story.list`. */
export interface Listing<Input, Item> {
  query(input: Input, options?: { signal?: AbortSignal }): Promise<{ items: Item[]; nextCursor: string | null }>
}

/** What of a list's input is left to the caller. */
export type IterateInput<Input> = Omit<NonNullable<Input>, 'cursor' | 'direction'>

/**
 * Everything in a list, page after page, each asked for when it is needed.
 *
 * @param input as the list takes it; `limit` is how many come with one page
 * @example for await (const story of iterate(client.story.list, { worldId })) console.log(story.name)
 */
export async function* iterate<Input, Item>(
  list: Listing<Input, Item>,
  input: IterateInput<Input>,
  options: { readonly signal?: AbortSignal } = {},
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | null = null
  do {
    // The list's own input, with the cursor that all lists take.
    const page: { items: Item[]; nextCursor: string | null } = await list.query(
      { ...input, ...(cursor !== null && { cursor }) } as Input,
      options,
    )
    yield* page.items
    cursor = page.nextCursor
  } while (cursor !== null)
}
