/**
 * How long the compiler takes for an app of so many routers, and how long an editor waits for a completion in it. The
 * routers are generated, each as a kind of entry has one; the app calls four procedures of each.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { median } from './load.ts'

const sizes = [20, 60, 200]
const runs = 3
// Where what they import is found.
const serverDirectory = fileURLToPath(new URL('../../packages/api/generated', import.meta.url))
const appDirectory = fileURLToPath(new URL('../../apps/web/generated', import.meta.url))
const compiler = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url))

interface Measured {
  readonly routers: number
  readonly check: number
  readonly completion: number
}

const measured: Measured[] = []
for (const routers of sizes) {
  const project = path.join(appDirectory, String(routers))
  generate(project, routers)
  const times: number[] = []
  for (let run = 0; run < runs; run++) times.push(check(project))
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

/** A server of so many routers, and an app that calls it. */
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
      compilerOptions: { noEmit: true, types: ['node'] },
      include: ['*.ts'],
    }),
  )
}

function app(names: readonly string[]): string {
  return `import type { TRPCClient } from '@trpc/client'
import type { QueryClient } from '@tanstack/solid-query'
import { createTRPCOptionsProxy } from '@worldloom/trpc-solid-query'
import type { AppRouter } from '../../../../packages/api/generated/${names.length}/router.ts'

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

/** @returns seconds */
function check(project: string): number {
  const began = performance.now()
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', project, '--pretty', 'false'], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`the generated app does not type-check:\n${stdout.slice(0, 2000)}`)
  return (performance.now() - began) / 1000
}

/**
 * Asks the language server for what can come after `trpc.kind0.`, once it has read everything, each time after a letter
 * was typed. @returns milliseconds, the median
 */
async function complete(project: string): Promise<number> {
  const server = spawn(process.execPath, [compiler, '--lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] })
  const answers = new Map<number, (result: unknown) => void>()
  let received = Buffer.alloc(0)
  server.stdout.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    for (;;) {
      const header = /^Content-Length: (\d+)\r\n(?:[^\r\n]+\r\n)*\r\n/.exec(
        received.subarray(0, 200).toString('latin1'),
      )
      const length = Number(header?.[1])
      if (!header || received.length < header[0].length + length) return
      const message = JSON.parse(received.subarray(header[0].length, header[0].length + length).toString())
      received = received.subarray(header[0].length + length)
      if (message.method !== undefined && message.id !== undefined) send({ id: message.id, result: null })
      else answers.get(message.id)?.(message.result)
    }
  })
  const send = (message: object) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }
  let id = 0
  const request = (method: string, params: object) =>
    new Promise<unknown>((resolve) => {
      id += 1
      answers.set(id, resolve)
      send({ id, method, params })
    })
  const uri = new URL(`file://${path.join(project, 'app.ts')}`).href
  const text = `${readFileSync(path.join(project, 'app.ts'), 'utf8')}\ntrpc.kind0.`
  await request('initialize', { processId: process.pid, rootUri: null, capabilities: {} })
  send({ method: 'initialized', params: {} })
  send({
    method: 'textDocument/didOpen',
    params: { textDocument: { uri, languageId: 'typescript', version: 1, text } },
  })
  const lines = text.split('\n')
  const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 }
  const times: number[] = []
  for (let version = 2; version < 12; version++) {
    // A key somewhere else in the file: what the server knows has to be looked at anew.
    const change = {
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      text: `// ${version}\n`,
    }
    send({ method: 'textDocument/didChange', params: { textDocument: { uri, version }, contentChanges: [change] } })
    position.line += 1
    const began = performance.now()
    const result = (await request('textDocument/completion', { textDocument: { uri }, position })) as {
      items: { label: string }[]
    } | null
    times.push(performance.now() - began)
    if (!result?.items.some(({ label }) => label === 'byId')) throw new Error('the completion has no byId')
  }
  server.kill()
  // The first one reads the whole project.
  return median(times.slice(1))
}
