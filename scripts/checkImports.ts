/**
 * Imports point down (apps → api → chat → worlds → auth → db → config, schema), no package imports another's internal
 * files, and no imports form a cycle, not even for types: compilers and readers alike have to take in a cycle as a
 * whole.
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What each package may import. `types`: as types only, so that none of its code is bundled. */
const allowed: Record<string, { readonly code: readonly string[]; readonly types?: readonly string[] }> = {
  'packages/schema': { code: [] },
  'packages/config': { code: [] },
  'packages/trpc-solid-query': { code: [] },
  'packages/local-identity': { code: [] },
  'packages/telemetry': { code: [] },
  db: { code: ['config', 'schema', 'telemetry'] },
  'packages/jobs': { code: ['db', 'schema', 'telemetry'] },
  'packages/auth': { code: ['db', 'jobs', 'schema'] },
  'packages/authorization-server': { code: ['auth', 'db', 'schema'] },
  'packages/images': { code: ['config', 'schema'] },
  'packages/worlds': { code: ['auth', 'db', 'schema', 'telemetry'] },
  'packages/archive': { code: ['auth', 'config', 'db', 'images', 'schema', 'worlds'] },
  'packages/services': { code: ['db', 'schema'] },
  'packages/chat': { code: ['auth', 'db', 'schema', 'telemetry', 'worlds'] },
  'packages/api': { code: ['auth', 'chat', 'db', 'jobs', 'schema', 'services', 'telemetry', 'worlds'] },
  'packages/client': { code: ['trpc-solid-query'], types: ['api', 'schema'] },
  'apps/server': {
    code: [
      'archive',
      'api',
      'auth',
      'authorization-server',
      'chat',
      'config',
      'db',
      'images',
      'jobs',
      'local-identity',
      'schema',
      'telemetry',
      'worlds',
    ],
  },
  'apps/cli': { code: ['archive', 'auth', 'chat', 'client', 'config', 'db', 'images', 'schema', 'worlds'] },
  'apps/web': { code: ['client', 'schema', 'trpc-solid-query'], types: ['api'] },
  'examples/world-digest': { code: ['client'] },
  e2e: { code: ['auth', 'client', 'config', 'db', 'server'] },
  bench: { code: ['auth', 'client', 'config', 'db', 'server'] },
}

/** Tests may also import packages above their own, as they test over HTTP. */
const alsoInTests: Record<string, readonly string[]> = {
  'apps/server': ['client'],
  'examples/world-digest': ['server'],
}

/** What every package's tooling may share: build and test configuration. */
const sharedByTools = ['vitest.shared.ts', 'scripts/buildPackage.ts']

const faults: string[] = []
/** Each file with the files it imports from its own package. */
const imported = new Map<string, string[]>()

for (const [directory, { code, types = [] }] of Object.entries(allowed)) {
  for (const file of sourceFiles(path.join(root, directory))) {
    const relative = path.relative(root, file)
    const inTests = /[\\/]test[\\/]/.test(file)
    const own: string[] = []
    imported.set(relative, own)
    for (const { target, typeOnly } of importsOf(file)) {
      if (target.startsWith('.')) {
        const reached = path.relative(root, path.resolve(path.dirname(file), target))
        own.push(reached)
        if (path.relative(directory, reached).startsWith('..') && !sharedByTools.includes(reached)) {
          faults.push(`${relative} imports ${target}: use the package's name`)
        }
        continue
      }
      const name = /^@worldloom\/([\w-]+)/.exec(target)?.[1]
      if (!name) continue
      if (code.includes(name) || (typeOnly && types.includes(name))) continue
      if (inTests && alsoInTests[directory]?.includes(name)) continue
      const permitted = types.includes(name) ? 'only as types (import type)' : 'not at all'
      faults.push(`${relative} imports @worldloom/${name}, which ${directory} may import ${permitted}`)
    }
  }
}
for (const circle of circles()) {
  faults.push(`${circle.join(' → ')}: a circle. Move what both need into a file of its own.`)
}

for (const fault of faults) console.error(fault)
console.log(`Imports: ${imported.size} files, ${faults.length} faults.`)
if (faults.length > 0 || imported.size === 0) process.exitCode = 1

/** A cycle for each back edge of a depth-first walk. */
function circles(): string[][] {
  const found: string[][] = []
  const done = new Set<string>()
  const walk = (file: string, above: readonly string[]): void => {
    const start = above.indexOf(file)
    if (start >= 0) found.push([...above.slice(start), file])
    if (start >= 0 || done.has(file)) return
    for (const next of imported.get(file) ?? []) walk(next, [...above, file])
    done.add(file)
  }
  for (const file of imported.keys()) walk(file, [])
  return found
}

function sourceFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(directory, entry.name)
    if (entry.isDirectory()) return /^(node_modules|dist|artefacts|\.turbo)$/.test(entry.name) ? [] : sourceFiles(file)
    return /\.tsx?$/.test(entry.name) ? [file] : []
  })
}

function importsOf(file: string): { target: string; typeOnly: boolean }[] {
  const text = readFileSync(file, 'utf8')
  const { module } = parseSync(file, text)
  const imports = module.staticImports.map(({ moduleRequest, entries }) => ({
    target: moduleRequest.value,
    typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
  }))
  const exports = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, isType }) =>
      moduleRequest ? [{ target: moduleRequest.value, typeOnly: isType }] : [],
    ),
  )
  const dynamic = module.dynamicImports.flatMap(({ moduleRequest }) => {
    const target = /^['"](.+)['"]$/.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[1]
    return target ? [{ target, typeOnly: false }] : []
  })
  return [...imports, ...exports, ...dynamic]
}
