import { execFileSync } from 'node:child_process'

/** Programs that are no npm packages, and what installs them. */
const installedBy = {
  pgbouncer: 'apt install pgbouncer',
  'systemd-analyze': 'apt install systemd',
  kubectl: 'apt install kubectl',
  'openapi-python-client': 'pip install openapi-python-client python-dateutil',
} as const

/** What `--version` prints; empty if it is not here. */
export function versionOf(name: keyof typeof installedBy): string {
  if (!hasProgram(name)) return ''
  return execFileSync('/bin/sh', ['-c', `PATH="$PATH:/usr/sbin" ${name} --version`], { encoding: 'utf8' })
}

/** Whether a program is there. If not, says what to install: whoever asked for these tests wants to know. */
export function hasProgram(name: keyof typeof installedBy): boolean {
  try {
    execFileSync('/bin/sh', ['-c', `PATH="$PATH:/usr/sbin" command -v ${name}`], { stdio: 'ignore' })
    return true
  } catch {
    console.warn(`${name} is not here, so what needs it is left out. “${installedBy[name]}” installs it.`)
    return false
  }
}
