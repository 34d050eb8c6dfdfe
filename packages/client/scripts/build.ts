/**
 * Builds what is published: `dist/package`, with nothing of the server in it. The router's type is the API's contract,
 * inputs and answers alone.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const repository = path.join(root, '../..')
const target = path.join(root, 'dist/package')
const entries = ['index', 'verify', 'solid', 'react']

interface Manifest {
  readonly [field: string]: unknown
  readonly dependencies: Record<string, string>
}

rmSync(target, { recursive: true, force: true })
mkdirSync(target, { recursive: true })
await bundleCode()
writeDeclarations()
writeManifest()
cpSync(path.join(root, 'README.md'), path.join(target, 'README.md'))
cpSync(path.join(repository, 'LICENSE'), path.join(target, 'LICENSE'))

async function bundleCode(): Promise<void> {
  const bundle = await rolldown({
    input: Object.fromEntries(entries.map((name) => [name, path.join(root, `src/${name}.ts`)])),
    // Its own packages are taken in; those of others are dependencies.
    external: (id) => /^[^./]/.test(id) && !id.startsWith('@worldloom/') && !path.isAbsolute(id),
    platform: 'neutral',
  })
  await bundle.write({ dir: target, format: 'esm', sourcemap: false })
  await bundle.close()
}

/** The declarations that Turbo had emitted, and the API's contract; nothing is compiled here. */
function writeDeclarations(): void {
  const types = path.join(target, 'types')
  const copy = (from: string, to: string, adjust = (text: string) => text) => {
    for (const file of readdirSync(from).filter((name) => name.endsWith('.d.ts'))) {
      const text = readFileSync(path.join(from, file), 'utf8').replace(/\n?\/\/# sourceMappingURL.*/, '')
      mkdirSync(to, { recursive: true })
      writeFileSync(path.join(to, file), adjust(text).replace(/(['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'))
    }
  }
  copy(path.join(root, 'dist/types/src'), types, (text) =>
    text
      .replaceAll("'@worldloom/api/contract'", "'./contract/index.js'")
      .replaceAll("'@worldloom/schema'", "'./contract/errorReason.js'")
      .replaceAll('@worldloom/trpc-solid-query', './trpc-solid-query/index.js'),
  )
  copy(path.join(repository, 'packages/trpc-solid-query/dist/types/src'), path.join(types, 'trpc-solid-query'))
  copy(path.join(repository, 'packages/api/dist/contract'), path.join(types, 'contract'))
}

function writeManifest(): void {
  const own = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest
  const { name, version, license, type, description, peerDependencies, peerDependenciesMeta } = own
  const dependencies = Object.fromEntries(
    Object.keys(own.dependencies).map((dependency) => [dependency, `^${installed(dependency)}`]),
  )
  const exports = Object.fromEntries(
    entries.map((entry) => [
      entry === 'index' ? '.' : `./${entry}`,
      { types: `./types/${entry}.d.ts`, default: `./${entry}.js` },
    ]),
  )
  const manifest = {
    name,
    version,
    description,
    license,
    type,
    sideEffects: false,
    exports,
    dependencies,
    peerDependencies,
    peerDependenciesMeta,
  }
  writeFileSync(path.join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

function installed(dependency: string): string {
  const manifest = readFileSync(path.join(root, 'node_modules', dependency, 'package.json'), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}
