import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parseAllDocuments } from 'yaml'

const directory = fileURLToPath(new URL('../kubernetes', import.meta.url))
const typescript = fileURLToPath(import.meta.resolve('typescript/package.json'))

/** A Kubernetes object, as a file has it. */
export interface Manifest {
  readonly file: string
  readonly apiVersion: string
  readonly kind: string
  readonly object: Record<string, unknown>
}

/** All objects in `ops/kubernetes`, the example of a secret among them. */
export async function readManifests(): Promise<Manifest[]> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml')
  const read = files.map(async (file) => manifestsIn(file, await readFile(path.join(directory, file), 'utf8')))
  return (await Promise.all(read)).flat()
}

/** @throws for what is not YAML */
export function manifestsIn(file: string, text: string): Manifest[] {
  return parseAllDocuments(text, { merge: true }).map((document) => {
    if ('errors' in document && document.errors[0]) throw document.errors[0]
    const object = ('toJS' in document ? document.toJS() : {}) as Record<string, unknown> // of any shape: see checkManifests
    return { file, apiVersion: String(object.apiVersion), kind: String(object.kind), object }
  })
}

/**
 * Checks objects against the types of Kubernetes' API: by the compiler, which knows fields that are missing, misspelt or of another type, and
 * then by the schemas, which know values as well.
 *
 * @param scratch where a file for the compiler is written, from where `kubernetes-models` can be imported
 * @returns what is wrong
 */
export async function checkManifests(manifests: readonly Manifest[], scratch: string): Promise<string[]> {
  await mkdir(scratch, { recursive: true })
  const lines = manifests.map(
    ({ apiVersion, kind, object }, index) =>
      `import type { I${kind} as Kind${index} } from 'kubernetes-models/${apiVersion}'\n` +
      `export const object${index}: Kind${index} = ${JSON.stringify(object)}`,
  )
  const source = path.join(scratch, 'manifests.ts')
  await writeFile(source, `${lines.join('\n')}\n`)
  const faults = await compile(source)
  for (const { file, apiVersion, kind, object } of manifests) {
    const models: Record<string, new (object: unknown) => { validate(): void }> = await import(
      /* @vite-ignore */ `kubernetes-models/${apiVersion}`
    )
    try {
      const Model = models[kind]
      if (!Model) throw new Error(`there is no ${apiVersion} ${kind}`)
      new Model(object).validate()
    } catch (error) {
      faults.push(`${file}, ${kind}: ${error instanceof Error ? error.message : error}`)
    }
  }
  return faults
}

async function compile(source: string): Promise<string[]> {
  const tsc = path.join(path.dirname(typescript), 'bin', 'tsc')
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--ignoreConfig', '--module', 'nodenext', '--types', '']
  try {
    await promisify(execFile)(process.execPath, [tsc, ...options, source])
    return []
  } catch (error) {
    const output = error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error)
    return output.trim().split('\n')
  }
}
