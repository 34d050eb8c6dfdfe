/**
 * `pnpm words`: every text that people read is in a catalog (words.ts), every catalog is there in every language, and
 * every error can be said in every language. Types are checked by the compiler: a text of another language has the type
 * of the English one.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'
import { languages } from '../packages/schema/src/languages.ts'
import { translationOf } from '../packages/schema/src/translateError.ts'
import { errorTexts } from './words/errorTexts.ts'
import { looseTexts } from './words/looseTexts.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const others = languages.filter((language) => language !== 'en')
const faults: string[] = []

function sources(pattern: string): string[] {
  return globSync(pattern, { cwd: root, exclude: (name) => name === 'node_modules' || name === 'dist' }).sort()
}

const catalogs = sources('{apps,packages}/*/src/**/words.ts')
for (const catalog of catalogs) {
  const english = new Set(exportsOf(catalog))
  for (const language of others) {
    const file = catalog.replace(/words\.ts$/, `words.${language}.ts`)
    if (!existsSync(path.join(root, file))) {
      faults.push(`${file} is missing`)
      continue
    }
    const translated = new Set(exportsOf(file))
    for (const name of english) if (!translated.has(name)) faults.push(`${file} lacks ${name}`)
    for (const name of translated) if (!english.has(name)) faults.push(`${file} has ${name}, which ${catalog} does not`)
  }
}

// What a build, the browser's address bar or the colours of a drawing read. What is in src/design is for developers.
const withoutTexts = new Set([
  'firstPaint.ts',
  'pagePaths.ts',
  'router.tsx',
  'features/graph/drawing.ts',
  'features/writing/look.ts',
  'lib/api.ts',
])
const app = 'apps/web/src'
for (const file of sources(`${app}/**/*.{ts,tsx}`)) {
  if (
    /(^|\/)words(\.\w+)?\.ts$|\.d\.ts$|^apps\/web\/src\/design\//.test(file) ||
    withoutTexts.has(path.relative(app, file))
  )
    continue
  for (const { line, text } of looseTexts(file, readFileSync(path.join(root, file), 'utf8'))) {
    faults.push(`${file}:${line}: “${text}” belongs in a catalog, words.ts`)
  }
}

const throwing = [
  'schema',
  'worlds',
  'services',
  'auth',
  'authorization-server',
  'chat',
  'images',
  'archive',
  'api',
].map((name) => `packages/${name}/src`)
/** Messages that are put together from others. */
const composed = /^\{\}(: \{\})?$/
for (const { file, template } of errorTexts(root, [...throwing, 'apps/server/src', 'db/src'])) {
  if (composed.test(template)) continue
  for (const language of others) {
    // Where something is put in, a word stands for it.
    if (translationOf(template.replaceAll('{}', 'xyz'), language) === undefined) {
      faults.push(`${file}: the error “${template}” is missing in packages/schema/src/errorMessages.${language}.ts`)
    }
  }
}

for (const fault of faults) console.error(fault)
if (faults.length > 0) process.exitCode = 1
else console.log(`${catalogs.length} catalogs in ${languages.length} languages`)

function exportsOf(file: string): string[] {
  const { module } = parseSync(file, readFileSync(path.join(root, file), 'utf8'))
  return module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ exportName, isType }) => (isType || !exportName.name ? [] : [exportName.name])),
  )
}
