import { type Access, anyCredential, type Credential } from '@worldloom/auth'
import { isManaging, seededRoles as rolesByPower, seededGrants } from '@worldloom/schema'
import { listProcedures } from './listProcedures.ts'
import { appRouter } from './router.ts'

const seededRoles = rolesByPower.toReversed()
const yes = 'yes'
const no = '–'

const headings = [
  'procedure',
  'does',
  'session',
  'bearer',
  'API key',
  'needs',
  'fresh',
  'costs',
  'anonymous',
  'viewer',
  'user',
  'admin',
] as const

/** A procedure's row in docs/access.md, by column heading. */
export type AccessRow = Readonly<Record<(typeof headings)[number], string>>

/** Who may call each procedure, according to its declaration and the roles of a new installation. */
function accessTable(): AccessRow[] {
  return listProcedures(appRouter).map(({ path, type, access }) => {
    if (!access) throw new Error(`${path} declares no access`)
    const takes = (credential: Credential) =>
      access.credentials === 'none' || access.credentials.includes(credential) ? yes : no
    return {
      procedure: `\`${path}\``,
      does: type === 'query' ? 'reads' : type === 'mutation' ? 'writes' : 'streams',
      session: takes('session'),
      bearer: takes('bearer'),
      'API key': takes('apiKey'),
      needs: needs(access),
      fresh: access.credentials !== 'none' && access.fresh ? yes : no,
      costs: access.credentials === 'none' ? no : String(access.cost ?? 1),
      anonymous: access.credentials === 'none' ? yes : no,
      ...Object.fromEntries(seededRoles.map((role) => [role, mayCall(access, role) ? yes : no])),
    } as AccessRow // all headings are above
  })
}

function needs(access: Access): string {
  if (access.credentials === 'none') return 'nothing'
  if (access.role) return `the role \`${access.role}\``
  if (!access.permission) return 'to be known'
  return `\`${access.permission}\`${isManaging(access.permission) && access.credentials.includes('apiKey') ? ' ¹' : ''}`
}

function mayCall(access: Access, role: (typeof seededRoles)[number]): boolean {
  if (access.credentials === 'none') return true
  if (access.role && access.role !== role) return false
  return !access.permission || seededGrants[role].includes(access.permission)
}

/** The text of docs/access.md. */
export function accessDocument(): string {
  const rows = accessTable().map((row) => headings.map((heading) => row[heading]))
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [
    '# Who may call what',
    '',
    'Generated from the procedures’ declarations by `pnpm --filter @worldloom/api access:write`. One test keeps it up to date; another calls every',
    `procedure as every kind of caller and compares. The columns ${listed(seededRoles)} are the roles of a new installation, with`,
    `any credential the procedure takes (${listed(anyCredential)}). Roles can be changed; the columns before them cannot.`,
    '',
    line(headings),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map(line),
    '',
    '¹ An API key needs this permission itself; a role that includes it does not count. So a leaked key cannot create others',
    'or let anybody in, unless it was created for that.',
    '',
    'Fresh: whoever calls with a session or a token must have signed in, or confirmed that it is them, within the last ten minutes; otherwise the',
    'reason is `signInAgain`. An API key has been given what it may do, and is not asked.',
    '',
    'What a call costs is taken of the limit of its API key or, without one, of its person: `API_POINTS_PER_MINUTE`. Exports and imports of worlds',
    'cost 100, uploads of images 5. Responses say what is left (`RateLimit`).',
    '',
  ].join('\n')
}

/** The rows of the document, parsed. */
export function accessRows(document: string): AccessRow[] {
  const lines = document.split('\n').filter((text) => text.startsWith('| `'))
  return lines.map((text) => {
    const cells = text.split('|').map((cell) => cell.trim())
    return Object.fromEntries(headings.map((heading, index) => [heading, cells[index + 1] ?? ''])) as AccessRow // as accessDocument writes them
  })
}

function listed(names: readonly string[]): string {
  return names.join(', ')
}
