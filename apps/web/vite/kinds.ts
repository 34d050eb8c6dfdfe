import { type EntityKind, entitiesIn } from '@worldloom/schema'
import type { Language } from '@worldloom/schema/languages'
import type { Plugin } from 'vite'
import { z } from 'zod'

const id = 'virtual:kinds'

/** The definitions of the kinds for pages and forms, without the schemas, which only the server needs. */
export function kindsModule(language: Language): Plugin {
  return {
    name: 'kinds',
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load: (source) => (source === `\0${id}` ? `export const kinds = ${JSON.stringify(forms(language))}` : undefined),
  }
}

/** Expands `$plural` in a page's path to every kind, as the server answers any other path with 404. */
export function spelledOut(path: string): { path: string; kind?: string }[] {
  if (!path.includes('$plural')) return [{ path }]
  return Object.values(entitiesIn('en')).map(({ kind, plural }) => ({ path: path.replace('$plural', plural), kind }))
}

function referring(name: string, label: string, kind: EntityKind) {
  return { name, label, control: { as: 'reference', kind } }
}

function forms(language: Language) {
  return Object.fromEntries(
    Object.values(entitiesIn(language)).map(({ kind, plural, wording, fields, parent, ordered, linkedBy = {} }) => [
      kind,
      {
        kind,
        plural,
        wording,
        parent,
        ordered: ordered === true,
        filters: [
          ...(parent ? [referring(parent.field, parent.label, parent.kind)] : []),
          ...Object.entries(fields)
            .filter(([, { control }]) => control.as === 'choice' || control.as === 'reference')
            .map(([name, { label, control }]) => ({ name, label, control })),
          ...Object.entries(linkedBy).map(([name, linked]) => referring(name, linked.label, linked.kind)),
        ],
        fields: Object.entries(fields).map(([name, { label, hint, control, initial, schema }]) => ({
          name,
          label,
          hint,
          control,
          initial,
          maxLength: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).maxLength,
        })),
      },
    ]),
  )
}
