/**
 * Builds a package for publishing into `dist/package`: code bundled as ES modules, the declarations that the compiler
 * emitted, and its own manifest. `publishConfig.directory` makes `pnpm pack` and `pnpm publish` use it.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const repository = fileURLToPath(new URL('..', import.meta.url))

interface Manifest {
  readonly [field: string]: unknown
  readonly dependencies?: Record<string, string>
}

export interface PackageOptions {
  /** The package's directory. */
  readonly directory: string
  /** Its entry points, as names of modules in `src`. */
  readonly entries: readonly string[]
  /** Declarations to copy: the source, the folder below `types`, and replacements in them. */
  readonly declarations: readonly {
    readonly from: string
    readonly to?: string
    readonly replace?: Readonly<Record<string, string>>
  }[]
}

export async function buildPackage({ directory, entries, declarations }: PackageOptions): Promise<void> {
  const target = path.join(directory, 'dist/package')
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { recursive: true })
  const bundle = await rolldown({
    input: Object.fromEntries(entries.map((name) => [name, path.join(directory, `src/${name}.ts`)])),
    // Packages of this repository are bundled. All others are dependencies.
    external: (id) => /^[^./]/.test(id) && !id.startsWith('@worldloom/') && !path.isAbsolute(id),
    platform: 'neutral',
  })
  await bundle.write({ dir: target, format: 'esm', sourcemap: false })
  await bundle.close()
  for (const { from, to = '', replace = {} } of declarations) {
    copyDeclarations(path.join(repository, from), path.join(target, 'types', to), replace)
  }
  writeManifest(directory, target, entries)
  for (const file of ['README.md', 'CHANGELOG.md']) {
    if (existsSync(path.join(directory, file))) cpSync(path.join(directory, file), path.join(target, file))
  }
  cpSync(path.join(repository, 'LICENSE'), path.join(target, 'LICENSE'))
}

function copyDeclarations(from: string, to: string, replace: Readonly<Record<string, string>>): void {
  mkdirSync(to, { recursive: true })
  for (const file of readdirSync(from).filter((name) => name.endsWith('.d.ts'))) {
    let text = readFileSync(path.join(from, file), 'utf8').replace(/\n?\/\/# sourceMappingURL.*/, '')
    for (const [before, after] of Object.entries(replace)) text = text.replaceAll(before, after)
    writeFileSync(path.join(to, file), text.replace(/(['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'))
  }
}

function writeManifest(directory: string, target: string, entries: readonly string[]): void {
  const own = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8')) as Manifest
  const { name, version, description, license, repository, keywords, type, peerDependencies, peerDependenciesMeta } =
    own
  const dependencies = Object.fromEntries(
    Object.keys(own.dependencies ?? {}).map((dependency) => [
      dependency,
      `^${installedVersion(directory, dependency)}`,
    ]),
  )
  const exports = Object.fromEntries(
    entries.map((entry) => [
      entry === 'index' ? '.' : `./${entry}`,
      { types: `./types/${entry}.d.ts`, default: `./${entry}.js` },
    ]),
  )
  const manifest = {
    ...{ name, version, description, license, repository, keywords, type, sideEffects: false, exports },
    ...(Object.keys(dependencies).length > 0 && { dependencies }),
    ...{ peerDependencies, peerDependenciesMeta },
  }
  writeFileSync(path.join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

function installedVersion(directory: string, dependency: string): string {
  const manifest = readFileSync(path.join(directory, 'node_modules', dependency, 'package.json'), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}
