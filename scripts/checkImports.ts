/**
 * Imports point down: apps → api, client → auth → db → config, schema. Says which file breaks that, and
 * that no package reaches into another's files.
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What each room may import. `types`: as types alone, so that none of its code is taken along. */
const allowed: Record<string, { readonly code: readonly string[]; readonly types?: readonly string[] }> = {
  'packages/schema': { code: [] },
  'packages/config': { code: [] },
  'packages/trpc-solid-query': { code: [] },
  'packages/local-identity': { code: [] },
  db: { code: ['config'] },
  'packages/auth': { code: ['db', 'schema'] },
  'packages/images': { code: ['config', 'schema'] },
  'packages/api': { code: ['auth', 'db', 'schema'] },
  'packages/client': { code: ['trpc-solid-query'], types: ['api', 'schema'] },
  'apps/server': { code: ['api', 'auth', 'config', 'db', 'images', 'local-identity', 'schema'] },
  'apps/cli': { code: ['api', 'auth', 'client', 'config', 'db', 'images', 'schema'] },
  'apps/web': { code: ['client', 'schema', 'trpc-solid-query'], types: ['api'] },
  'examples/world-digest': { code: ['client'] },
  e2e: { code: ['auth', 'client', 'config', 'db', 'server'] },
  bench: { code: ['auth', 'client', 'config', 'db', 'server'] },
}

/** Tests may also look down from above: they run what they test over HTTP. */
const alsoInTests: Record<string, readonly string[]> = {
  'apps/server': ['client'],
  'examples/world-digest': ['server'],
}

const faults: string[] = []
let checked = 0

for (const [room, { code, types = [] }] of Object.entries(allowed)) {
  for (const file of sourceFiles(path.join(root, room))) {
    checked++
    const relative = path.relative(root, file)
    const inTests = /[\\/]test[\\/]/.test(file)
    for (const { target, typeOnly } of importsOf(file)) {
      if (target.startsWith('.')) {
        const reached = path.relative(path.join(root, room), path.resolve(path.dirname(file), target))
        if (reached.startsWith('..')) faults.push(`${relative} imports ${target}: use the package's name`)
        continue
      }
      const name = /^@worldloom\/([\w-]+)/.exec(target)?.[1]
      if (!name) continue
      if (code.includes(name) || (typeOnly && types.includes(name))) continue
      if (inTests && alsoInTests[room]?.includes(name)) continue
      const hint = types.includes(name) ? 'as types only (import type)' : 'not at all'
      faults.push(`${relative} imports @worldloom/${name}, which ${room} may import ${hint}`)
    }
  }
}

for (const fault of faults) console.error(fault)
console.log(`Imports: ${checked} files, ${faults.length} pointing the wrong way.`)
if (faults.length > 0 || checked === 0) process.exitCode = 1

function sourceFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(directory, entry.name)
    if (entry.isDirectory()) return /^(node_modules|dist|artefacts|\.turbo)$/.test(entry.name) ? [] : sourceFiles(file)
    return /\.tsx?$/.test(entry.name) ? [file] : []
  })
}

function importsOf(file: string): { target: string; typeOnly: boolean }[] {
  const { module } = parseSync(file, readFileSync(file, 'utf8'))
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
    const target = /^['"](.+)['"]$/.exec(readFileSync(file, 'utf8').slice(moduleRequest.start, moduleRequest.end))?.[1]
    return target ? [{ target, typeOnly: false }] : []
  })
  return [...imports, ...exports, ...dynamic]
}
