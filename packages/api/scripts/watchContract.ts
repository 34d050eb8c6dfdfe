/** `pnpm dev`: keeps the contract up to date while the API, or a package it is made from, changes. */
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import path from 'node:path'
import { repository, sourceDirectories } from './contract.ts'

let timer: NodeJS.Timeout | undefined
let isRunning = false

function update(): void {
  clearTimeout(timer)
  timer = setTimeout(() => {
    if (isRunning) return update()
    isRunning = true
    // Turbo emits what changed, in order, and nothing else. If something does not type-check, it says so and the
    // contract stays as it is.
    const child = spawn(
      'turbo',
      ['run', 'typecheck', '--filter=@worldloom/api', '--output-logs=errors-only', '--ui=stream'],
      {
        cwd: repository,
        stdio: ['ignore', 'inherit', 'inherit'],
        shell: process.platform === 'win32',
      },
    )
    child.on('exit', () => {
      isRunning = false
    })
  }, 300)
}

for (const directory of sourceDirectories) watch(path.join(repository, directory), { recursive: true }, update)
update()
