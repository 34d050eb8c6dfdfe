/**
 * `pnpm contract:diff [ref]`: what a client would notice of the changes since a commit, a branch or a tag; since the client was released,
 * if none is given. --check: fails for a breaking change that no changeset mentions
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { compareReports, type Notice } from './compareReports.ts'
import { repository } from './contract.ts'
import { makeReport, type Report, readReport, releasedFile, reportFile } from './report.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean', default: false } },
})
const [ref] = positionals
const notices = compareReports(ref ? reportAt(ref) : released(), makeReport())
const breaking = notices.filter(({ isBreaking }) => isBreaking)
const mentioned = mentionedInChangesets()
const silent = breaking.filter(({ of }) => !mentioned.has(of))
if (values.check) {
  for (const notice of silent) console.error(`✗ ${line(notice)}`)
  if (silent.length > 0) {
    console.error(
      '\nThese would break clients, and no changeset says so. Change it back, or add to a changeset, for each:',
    )
    console.error('  Breaking: `<procedure>`: what changes for callers, and what they do about it.')
    process.exitCode = 1
  } else
    console.log(`${notices.length} changes for clients since the release, ${breaking.length} of them breaking and said`)
} else {
  for (const notice of breaking) console.log(`✗ ${line(notice)}`)
  for (const notice of notices) if (!notice.isBreaking) console.log(`  ${line(notice)}`)
  console.log(`\n${notices.length} changes for clients, ${breaking.length} of them breaking`)
}

function line({ of, text }: Notice): string {
  return `${of} ${text}`
}

function released(): Report {
  const report = readReport(releasedFile)
  if (!report) throw new Error(`${releasedFile} is missing: node packages/api/scripts/writeReport.ts --released`)
  return report
}

/** The report that a commit has. */
function reportAt(wanted: string): Report {
  const file = path.relative(repository, reportFile).replaceAll(path.sep, '/')
  try {
    const text = execFileSync('git', ['show', `${wanted}:${file}`], {
      cwd: repository,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    })
    return JSON.parse(text) as Report // as writeReport.ts has written it
  } catch (error) {
    throw new Error(`${wanted} has no ${file}. Commits have it since 2026-11-30.`, { cause: error })
  }
}

/** What lines of changesets that begin with “Breaking:” are about: procedures in backquotes, or `errors`. */
function mentionedInChangesets(): Set<string> {
  const directory = path.join(repository, '.changeset')
  const texts = readdirSync(directory)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .map((name) => readFileSync(path.join(directory, name), 'utf8'))
  const lines = texts.flatMap((text) => text.split('\n')).filter((text) => /^(- )?breaking:/i.test(text))
  return new Set(lines.flatMap((text) => [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)))
}
