/** The name of a column as it is in TypeScript: as Kysely's CamelCasePlugin renames it. */
export function toCamelCase(column: string): string {
  return column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
