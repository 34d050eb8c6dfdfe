import { execFileSync } from 'node:child_process'

/** Programs that are no npm packages, and the Debian packages that have them. */
const packages = {
  pgbouncer: 'pgbouncer',
  'systemd-analyze': 'systemd',
  kubectl: 'kubectl',
} as const

/** Whether a program is there. If not, says what to install: whoever asked for these tests wants to know. */
export function hasProgram(name: keyof typeof packages): boolean {
  try {
    execFileSync('/bin/sh', ['-c', `PATH="$PATH:/usr/sbin" command -v ${name}`], { stdio: 'ignore' })
    return true
  } catch {
    console.warn(`${name} is not here, so what needs it is left out. Debian has it in the package ${packages[name]}.`)
    return false
  }
}
