import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export class GeneratorError extends Error {
  override readonly name = 'GeneratorError'
}

/** The changes to write. Nothing is written until all of them are known to be possible. */
const staged = new Map<string, string>()

function read(file: string): string {
  return staged.get(file) ?? readFileSync(path.join(root, file), 'utf8')
}

/** Creates a file. @throws {GeneratorError} if it exists already */
export function create(file: string, text: string): void {
  if (existsSync(path.join(root, file))) throw new GeneratorError(`${file} is there already.`)
  staged.set(file, text)
}

/** Replaces text that occurs once in a file. @throws {GeneratorError} if it is not there */
export function edit(file: string, ...changes: readonly (readonly [before: string | RegExp, after: string])[]): void {
  for (const [before, after] of changes) {
    const text = read(file)
    const changed = text.replace(before, after)
    if (changed === text) {
      throw new GeneratorError(`${file} has no ${before} in it any more: scripts/ has to be told where else.`)
    }
    staged.set(file, changed)
  }
}

/** Appends lines to a file. */
export function append(file: string, lines: string): void {
  staged.set(file, `${read(file)}${lines}`)
}

/** Adds an import if it is missing. Biome sorts it. */
export function addImport(file: string, line: string): void {
  const text = read(file)
  if (!text.includes(line)) staged.set(file, `${line}\n${text}`)
}

/** Refuses invalid and taken names before anything is written. */
export function checkName(name: string | undefined, taken: readonly string[]): string {
  if (!name || !/^[a-z][a-z0-9]{1,39}$/.test(name)) {
    throw new GeneratorError('Give it a name: one English noun in the singular, in lower-case letters, e.g. gadget.')
  }
  if (taken.includes(name)) throw new GeneratorError(`${name} is taken. Choose another name.`)
  return name
}

/** The plural of a name. */
export function pluralOf(name: string): string {
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`
  return /(s|x|z|ch|sh)$/.test(name) ? `${name}es` : `${name}s`
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`
}

/** The existing routers, by the first part of their procedures' names. */
export function routerNames(): string[] {
  const text = readFileSync(path.join(root, 'packages/api/src/router.ts'), 'utf8')
  return [...text.matchAll(/^ {2}(\w+): \w+Router,$/gm)].map(([, name]) => name ?? '')
}

export function nextMigration(name: string): string {
  const last = readdirSync(path.join(root, 'db/migrations')).sort().at(-1) ?? '0000'
  return `db/migrations/${String(Number(last.slice(0, 4)) + 1).padStart(4, '0')}_${name}.sql`
}

/** Adds a router to the API. */
export function addRouter(name: string): void {
  edit(
    'packages/api/src/router.ts',
    [
      "import { router } from './trpc.ts'",
      `import { ${name}Router } from './routers/${name}.ts'\nimport { router } from './trpc.ts'`,
    ],
    [/\n\}\)\n\nexport type/, `\n  ${name}: ${name}Router,\n})\n\nexport type`],
  )
}

/** Writes everything and updates generated files: table types, documents, the order of imports. */
export function write(): void {
  for (const [file, text] of staged) {
    const target = path.join(root, file)
    console.log(`  ${existsSync(target) ? 'changed' : 'made   '} ${file}`)
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, text)
  }
  const steps = [
    ['pnpm', '--filter', '@worldloom/db', 'run', 'codegen'],
    ['node', 'packages/api/scripts/writeAccessDocument.ts'],
    ['node', 'packages/api/scripts/writePostmanCollection.ts'],
    // The report of the contract takes the types that the compiler emits.
    ['turbo', 'run', 'typecheck', '--filter=@worldloom/api', '--output-logs=errors-only', '--ui=stream'],
    ['node', 'packages/api/scripts/writeReport.ts'],
    ['biome', 'check', '--write', '--log-level=warn', '.'],
  ] as const
  for (const [command, ...args] of steps) {
    const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
    if (status !== 0) throw new GeneratorError(`${[command, ...args].join(' ')} failed; what it says is above.`)
  }
}

/** Runs a generator, and reports failures in a sentence. */
export function generate(run: () => string): void {
  try {
    console.log(run())
  } catch (error) {
    if (!(error instanceof GeneratorError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
