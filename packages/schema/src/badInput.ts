import type { z } from 'zod'
import { BadInputError } from './errors.ts'

/** Zod's issues, by field. */
export function badInput(error: z.core.$ZodError): BadInputError {
  // Not an object, as an input field may be called `constructor`.
  const fields = new Map<string, string[]>()
  for (const issue of error.issues) {
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.join('.') || 'input']
    const message = issue.code === 'unrecognized_keys' ? 'Is not a known field' : issue.message
    for (const name of names) fields.set(name, [...(fields.get(name) ?? []), message])
  }
  return new BadInputError(Object.fromEntries(fields))
}
