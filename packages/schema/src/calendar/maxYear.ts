/** Years before and after this are refused: day numbers stay exact far beyond it. */
export const maxYear = 1_000_000
