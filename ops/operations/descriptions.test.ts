import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { checkManifests, manifestsIn } from '../src/manifests.ts'
import { hasProgram } from '../src/programs.ts'

const run = promisify(execFile)
const repository = fileURLToPath(new URL('../..', import.meta.url))
const scratch = await mkdtemp(path.join(os.tmpdir(), 'worldloom-units-'))
afterAll(() => rm(scratch, { recursive: true, force: true }))

test.runIf(hasProgram('systemd-analyze'))(
  'systemd understands every unit, and keeps it from what it does not need',
  async () => {
    const directory = path.join(repository, 'ops/systemd')
    const names = await readdir(directory)
    for (const name of names) {
      const text = await readFile(path.join(directory, name), 'utf8')
      // Where it is installed is where it is here.
      await writeFile(path.join(scratch, name), text.replaceAll('/opt/worldloom', repository.replace(/\/$/, '')))
    }
    const units = names.map((name) => path.join(scratch, name))
    const { stdout, stderr } = await run('systemd-analyze', ['verify', '--man=no', '--recursive-errors=no', ...units])
    expect(`${stdout}${stderr}`.trim()).toBe('')
    for (const name of ['worldloom.service', 'worldloom-worker.service']) {
      const unit = path.join(scratch, name)
      const { stdout: said } = await run('systemd-analyze', ['security', '--offline=yes', '--threshold=30', unit])
      expect(said).toMatch(/Overall exposure level .*: [0-2]\.\d OK/)
    }
  },
)

test.runIf(hasProgram('kubectl'))('kubectl puts the manifests together', async () => {
  const { stdout } = await run('kubectl', ['kustomize', path.join(repository, 'ops/kubernetes')])
  const manifests = manifestsIn('kustomize', stdout)
  expect(manifests.length).toBeGreaterThan(6)
  expect(await checkManifests(manifests, fileURLToPath(new URL('../.test/kustomized', import.meta.url)))).toEqual([])
  expect(stdout).toContain('image: worldloom:latest')
})
