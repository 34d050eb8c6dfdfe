/** A column's name in TypeScript, converted as Kysely's CamelCasePlugin does. */
export function toCamelCase(column: string): string {
  return column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
