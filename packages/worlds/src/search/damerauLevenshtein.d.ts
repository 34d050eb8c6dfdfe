/** The package has no types of its own. */
declare module 'damerau-levenshtein' {
  /** How many characters have to be inserted, removed, replaced or swapped with their neighbour. */
  export default function distance(one: string, other: string): { readonly steps: number }
}
