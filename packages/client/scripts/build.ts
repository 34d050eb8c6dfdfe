/**
 * Builds what is published: `dist/package`, with nothing of the server in it. The router's type is taken from the
 * declarations that the compiler emits, with the server's context erased: what is left are inputs and answers.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const repository = path.join(root, '../..')
const target = path.join(root, 'dist/package')
const emitted = path.join(root, 'dist/declarations')
const entries = ['index', 'verify', 'solid', 'react']

interface Manifest {
  readonly [field: string]: unknown
  readonly dependencies: Record<string, string>
}

rmSync(path.join(root, 'dist'), { recursive: true, force: true })
mkdirSync(path.join(target, 'types'), { recursive: true })
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

function writeDeclarations(): void {
  const compiler = path.join(repository, 'node_modules/typescript/bin/tsc')
  for (const room of ['client', 'trpc-solid-query', 'api', 'schema']) {
    // Its sources alone, without what tests them.
    const project = path.join(root, `dist/${room}.tsconfig.json`)
    const directory = path.join(repository, 'packages', room)
    writeFileSync(
      project,
      JSON.stringify({
        extends: path.join(directory, 'tsconfig.json'),
        include: [path.join(directory, 'src')],
        compilerOptions: {
          declaration: true,
          emitDeclarationOnly: true,
          noEmit: false,
          outDir: emitted,
          rootDir: repository,
        },
      }),
    )
    execFileSync(process.execPath, [compiler, '-p', project], { stdio: 'inherit' })
  }
  const from = (file: string) => readFileSync(path.join(emitted, 'packages', file), 'utf8')
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(target, 'types', file)), { recursive: true })
    writeFileSync(path.join(target, 'types', file), text.replace(/(['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'))
  }
  for (const file of readdirSync(path.join(emitted, 'packages/client/src'))) {
    const text = from(`client/src/${file}`)
      .replaceAll("'@worldloom/api'", "'./contract.js'")
      .replaceAll("'@worldloom/schema'", "'./errorReason.js'")
      .replaceAll('@worldloom/trpc-solid-query', './trpc-solid-query/index.js')
    write(file, text)
  }
  for (const file of readdirSync(path.join(emitted, 'packages/trpc-solid-query/src'))) {
    write(`trpc-solid-query/${file}`, from(`trpc-solid-query/src/${file}`))
  }
  const contract = from('api/src/router.d.ts')
    .replaceAll(/import\("\.\/(context|trpc)\.ts"\)\.(Context|ProcedureMeta)/g, 'object')
    .replaceAll('import("@worldloom/schema").ErrorReason', 'import("./errorReason.js").ErrorReason')
    .replaceAll(/import\("@worldloom\/schema"\)\.(ChatEvent|Message)\b/g, 'import("./chatEvent.js").$1')
    .replaceAll(/import\("@worldloom\/(?:db|schema)"\)\.WorldRole/g, 'import("./worldRole.js").WorldRole')
    .replaceAll(/import\("@worldloom\/(?:db|schema)"\)\.EntityKind/g, 'import("./kinds.js").EntityKind')
  const left = contract.match(
    /import\("(?!@trpc\/server"|\.\/(?:errorReason|chatEvent|worldRole|kinds)\.js")[^"]*"\)[.\w]*/g,
  )
  if (left) throw new Error(`The contract refers to what is the server's: ${[...new Set(left)].join(', ')}`)
  // There is no such value: it is a type alone.
  write('contract.d.ts', contract.replace('export declare const appRouter', 'declare const appRouter'))
  write('errorReason.d.ts', from('schema/src/errorReason.d.ts'))
  write('chatEvent.d.ts', from('schema/src/chatEvent.d.ts').replace('./entity/kinds.ts', './kinds.ts'))
  write('worldRole.d.ts', from('schema/src/worldRole.d.ts'))
  write('kinds.d.ts', from('schema/src/entity/kinds.d.ts'))
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
