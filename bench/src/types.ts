/**
 * How long the compiler takes for the web app and for an app on 20, 60 and 200 routers, and how long an editor waits
 * for a completion in it. The routers are generated, each like that of a kind. The app calls four procedures of each
 * and is checked against the contract, like the web app.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node.js'
import { median } from './load.ts'

const sizes = [20, 60, 200]
const runs = 3
// Inside packages that have the dependencies.
const serverDirectory = fileURLToPath(new URL('../../packages/api/generated', import.meta.url))
const appDirectory = fileURLToPath(new URL('../../apps/web/generated', import.meta.url))
const webDirectory = fileURLToPath(new URL('../../apps/web', import.meta.url))
const compiler = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url))
const contractWriter = fileURLToPath(new URL('../../packages/api/scripts/writeContract.ts', import.meta.url))

const notEmitting = {
  noEmit: true,
  emitDeclarationOnly: false,
  declaration: false,
  declarationMap: false,
  incremental: false,
}

interface Measured {
  readonly routers: number
  readonly check: number
  readonly completion: number
}

const web = Array.from({ length: runs }, () => check(webDirectory))
console.log(
  `\napps/web: ${median(web.map(({ seconds }) => seconds)).toFixed(1)} s, ${median(web.map(({ megabytes }) => megabytes)).toFixed(0)} MB`,
)

const measured: Measured[] = []
for (const routers of sizes) {
  const project = path.join(appDirectory, String(routers))
  generate(project, routers)
  const times: number[] = []
  for (let run = 0; run < runs; run++) times.push(check(project).seconds)
  measured.push({ routers, check: median(times), completion: await complete(project) })
}
rmSync(appDirectory, { recursive: true })
rmSync(serverDirectory, { recursive: true })

console.log('\n| routers | type-check s | completion ms |\n| ---: | ---: | ---: |')
for (const { routers, check: seconds, completion } of measured) {
  console.log(`| ${routers} | ${seconds.toFixed(1)} | ${Math.round(completion)} |`)
}
const [few, , many] = measured
if (few && many) {
  const times = (one: number, other: number) => (other / one).toFixed(1)
  console.log(
    `\n${many.routers / few.routers} times the routers: ${times(few.check, many.check)} times the type-check, ${times(few.completion, many.completion)} times the completion`,
  )
}

/** Generates a server with this many routers, and an app that calls it. */
function generate(project: string, routers: number): void {
  const server = path.join(serverDirectory, String(routers))
  for (const each of [project, server]) {
    rmSync(each, { recursive: true, force: true })
    mkdirSync(each, { recursive: true })
  }
  const api = '../../src'
  const names = Array.from({ length: routers }, (_, index) => `kind${index}`)
  for (const name of names) {
    writeFileSync(
      path.join(server, `${name}.ts`),
      `import { choice, defineEntity, line, paragraph, reference } from '@worldloom/schema'
import { entityProcedures } from '${api}/entityProcedures.ts'
import { router } from '${api}/trpc.ts'

const ${name} = defineEntity({
  kind: 'thing',
  plural: '${name}s',
  wording: { one: '${name}', many: '${name}s', about: '' },
  fields: {
    ${name}Title: line({ label: 'Title' }),
    ${name}Notes: paragraph({ label: 'Notes' }),
    ${name}State: choice({ label: 'State' }, { open: 'Open', done: 'Done' }),
    ${name}Owner: reference({ label: 'Owner' }, 'persona'),
  },
})

export const ${name}Router = router({ ...entityProcedures(${name}) })
`,
    )
  }
  writeFileSync(
    path.join(server, 'router.ts'),
    `import { router } from '${api}/trpc.ts'
${names.map((name) => `import { ${name}Router } from './${name}.ts'`).join('\n')}

export const appRouter = router({
${names.map((name) => `  ${name}: ${name}Router,`).join('\n')}
})
export type AppRouter = typeof appRouter
`,
  )
  writeFileSync(path.join(project, 'app.ts'), app(names))
  writeFileSync(
    path.join(project, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../../../tsconfig.base.json',
      compilerOptions: { ...notEmitting, types: ['node'] },
      include: ['*.ts'],
    }),
  )
  writeFileSync(
    path.join(server, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../../../tsconfig.base.json',
      compilerOptions: { incremental: false, rootDir: '../..', outDir: './emitted' },
      include: ['*.ts'],
    }),
  )
  run(compiler, '-p', server)
  const declaration = path.join(server, 'emitted/generated', String(routers), 'router.d.ts')
  run(
    contractWriter,
    ...['--router', path.join(server, 'router.ts'), '--declaration', declaration],
    ...['--output', path.join(server, 'contract')],
  )
}

function run(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${args.join(' ')} failed:\n${stdout.slice(0, 2000)}${stderr.slice(0, 2000)}`)
  return stdout
}

function app(names: readonly string[]): string {
  return `import type { TRPCClient } from '@trpc/client'
import type { QueryClient } from '@tanstack/solid-query'
import { createTRPCOptionsProxy } from '@worldloom/trpc-solid-query'
import type { AppRouter } from '../../../../packages/api/generated/${names.length}/contract/index.js'

declare const client: TRPCClient<AppRouter>
declare const queryClient: QueryClient
export const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient })
${names
  .map(
    (name) => `
export const ${name}Title = (row: Awaited<ReturnType<typeof client.${name}.byId.query>>) => row.${name}Title
export const ${name}One = trpc.${name}.byId.queryOptions({ id: '' })
export const ${name}All = trpc.${name}.list.infiniteQueryOptions({ worldId: '', ${name}State: 'open' }, { getNextPageParam: (page) => page.nextCursor })
export const ${name}Make = trpc.${name}.create.mutationOptions({ onSuccess: (made) => made.${name}Owner })
`,
  )
  .join('')}`
}

function check(project: string): { seconds: number; megabytes: number } {
  const began = performance.now()
  const said = run(compiler, '-p', project, '--pretty', 'false', '--incremental', 'false', '--extendedDiagnostics')
  const kilobytes = Number(/Memory used:\s+(\d+)K/.exec(said)?.[1])
  return { seconds: (performance.now() - began) / 1000, megabytes: kilobytes / 1024 }
}

/**
 * Asks the language server to complete `trpc.kind0.` after it has read everything, each time after a keystroke.
 * @returns the median in milliseconds
 */
async function complete(project: string): Promise<number> {
  const server = spawn(process.execPath, [compiler, '--lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] })
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  )
  // The server's requests to the editor (settings, registrations) get no answer.
  connection.onRequest(() => null)
  connection.listen()
  const uri = new URL(`file://${path.join(project, 'app.ts')}`).href
  const text = `${readFileSync(path.join(project, 'app.ts'), 'utf8')}\ntrpc.kind0.`
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} })
  await connection.sendNotification('initialized', {})
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'typescript', version: 1, text },
  })
  const lines = text.split('\n')
  const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 }
  const times: number[] = []
  for (let version = 2; version < 33; version++) {
    // A keystroke elsewhere in the file invalidates what the server knows.
    const change = {
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      text: `// ${version}\n`,
    }
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [change],
    })
    position.line += 1
    const began = performance.now()
    const result = await connection.sendRequest<{ items: { label: string }[] } | null>('textDocument/completion', {
      textDocument: { uri },
      position,
    })
    times.push(performance.now() - began)
    if (!result?.items.some(({ label }) => label === 'byId')) throw new Error('the completion has no byId')
  }
  connection.dispose()
  server.kill()
  // The first completion reads the whole project.
  return median(times.slice(1))
}
