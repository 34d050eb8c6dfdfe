import { execFileSync, spawnSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { pnpmCommand, shellEnvironment } from './shell.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))

/** Packs a package as `pnpm publish` would, including its `prepack`. @returns the tarball */
export function packPackage(name: 'client' | 'trpc-solid-query', directory: string): string {
  const [command, ...args] = pnpmCommand()
  const said = execFileSync(command, [...args, 'pack', '--json', '--pack-destination', directory], {
    cwd: path.join(repository, 'packages', name),
    env: { ...shellEnvironment(), NODE_ENV: undefined },
    encoding: 'utf8',
  })
  // The build's output comes first.
  const { filename } = JSON.parse(said.slice(said.search(/^\{/m)))
  return path.resolve(directory, filename)
}

/** What publint and attw report for a tarball. Packages are ES modules only, as their READMEs say. */
export function packageFaults(tarball: string): string[] {
  const tools = [
    ['publint', '--strict', tarball],
    ['attw', '--profile', 'esm-only', '--quiet', tarball],
  ] as const
  return tools.flatMap(([tool, ...args]) => {
    const bin = path.join(repository, 'e2e/node_modules/.bin', tool)
    const { status, stdout, stderr } = spawnSync(bin, args, { encoding: 'utf8' })
    return status === 0 ? [] : [`${tool}: ${stdout}${stderr}`]
  })
}

/** Installs tarballs and registry packages in an empty directory. */
export function npmInstall(directory: string, ...packages: readonly string[]): void {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline']
  execFileSync('npm', ['install', ...quiet, ...packages], { cwd: directory, encoding: 'utf8' })
}

/** @returns the compiler's errors in a directory with a `tsconfig.json` */
export function typeFaults(directory: string): string {
  const compiler = path.join(repository, 'node_modules/typescript/bin/tsc')
  const { stdout } = spawnSync(process.execPath, [compiler, '--pretty', 'false', '-p', directory], { encoding: 'utf8' })
  return stdout
}
