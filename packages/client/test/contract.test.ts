import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import type { AppRouter as Source } from '@worldloom/api'
import type { AppRouter as Contract } from '@worldloom/api/contract'
import { expect, expectTypeOf, onTestFinished, test } from 'vitest'
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node.js'

const repository = fileURLToPath(new URL('../../..', import.meta.url))

// Nothing runs here: the compiler compares the two.
test('the contract says of every procedure what the routers say', () => {
  expectTypeOf<inferRouterInputs<Contract>>().toEqualTypeOf<inferRouterInputs<Source>>()
  expectTypeOf<inferRouterOutputs<Contract>>().toEqualTypeOf<inferRouterOutputs<Source>>()
})

test('“go to definition” of a procedure opens the router’s source', async () => {
  const document = path.join(repository, 'packages/client/src/sample.ts')
  const text = `import { createWorldloomClient } from './index.ts'
const client = createWorldloomClient({ url: '' })
export const calls = [client.act.move, client.act.byId, client.me.get]
`
  const definitionOf = await openEditor(document, text)
  for (const [procedure, file, source] of [
    ['act.move', 'packages/api/src/routers/act.ts', 'move: procedure('],
    ['act.byId', 'packages/api/src/entityProcedures.ts', 'byId: Query<'],
    ['me.get', 'packages/api/src/routers/me.ts', 'get: procedure('],
  ] as const) {
    const { uri, line } = await definitionOf(procedure)
    expect(fileURLToPath(uri)).toBe(path.join(repository, file))
    expect(readFileSync(fileURLToPath(uri), 'utf8').split('\n')[line]).toContain(source)
  }
})

/** A connection to the language server, with one open document that is not on disk. */
async function openEditor(file: string, text: string) {
  const compiler = path.join(repository, 'node_modules/typescript/bin/tsc')
  const server = spawn(process.execPath, [compiler, '--lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] })
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  )
  onTestFinished(() => {
    connection.dispose()
    server.kill()
  })
  // The server's requests to the editor (settings, registrations) get no answer.
  connection.onRequest(() => null)
  connection.listen()
  const uri = pathToFileURL(file).href
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} })
  await connection.sendNotification('initialized', {})
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'typescript', version: 1, text },
  })
  return async (procedure: string): Promise<{ uri: string; line: number }> => {
    const before = text.slice(0, text.indexOf(`client.${procedure}`) + `client.${procedure}`.length - 1).split('\n')
    const found = await connection.sendRequest<Location | Location[] | null>('textDocument/definition', {
      textDocument: { uri },
      position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
    })
    const [location] = Array.isArray(found) ? found : [found]
    if (!location) throw new Error(`the language server finds no definition of ${procedure}`)
    return { uri: location.uri, line: location.range.start.line }
  }
}

interface Location {
  readonly uri: string
  readonly range: { readonly start: { readonly line: number } }
}
