import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { createHTTPHandler } from '@trpc/server/adapters/standalone'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../src/browser.ts'
import { npmInstall, packageFaults, packPackage, typeFaults } from '../src/packages.ts'

const directory = mkdtempSync(path.join(os.tmpdir(), 'worldloom-binding-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))
let tarball: string

/** Another project's app, with a router that has nothing to do with Worldloom. */
const files = {
  'package.json': JSON.stringify({ name: 'outside', private: true, type: 'module' }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      strict: true,
      skipLibCheck: true,
      noEmit: true,
      target: 'es2022',
      module: 'preserve',
      moduleResolution: 'bundler',
      jsx: 'preserve',
      jsxImportSource: 'solid-js',
      types: ['vite/client'],
      allowImportingTsExtensions: true,
    },
    include: ['src'],
  }),
  'vite.config.js': `import solid from 'vite-plugin-solid'
export default { plugins: [solid()] }
`,
  'index.html':
    '<!doctype html><title>Outside</title><div id="app"></div><script type="module" src="/src/main.tsx"></script>',
  'src/router.ts': `import { initTRPC } from '@trpc/server'

const t = initTRPC.create()
const shelf = ['Dune', 'Emma', 'Ulysses']
const title = (input: unknown) => {
  if (typeof input !== 'string' || input === '') throw new Error('Give it a title')
  return input
}
export const appRouter = t.router({
  book: t.router({
    list: t.procedure.query(() => shelf.map((name, index) => ({ id: index, name, addedAt: new Date(0) }))),
    add: t.procedure.input(title).mutation(({ input }) => ({ id: shelf.push(input) - 1 })),
  }),
})
export type AppRouter = typeof appRouter
`,
  'src/main.tsx': `import { QueryClient, QueryClientProvider, useMutation, useQuery } from '@tanstack/solid-query'
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { createTRPCOptionsProxy } from '@worldloom/trpc-solid-query'
import { For, render } from 'solid-js/web'
import type { AppRouter } from './router.ts'

const queryClient = new QueryClient()
const client = createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: '/trpc' })] })
const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient })

function Shelf() {
  const books = useQuery(() => trpc.book.list.queryOptions())
  const add = useMutation(() =>
    trpc.book.add.mutationOptions({ onSuccess: () => queryClient.invalidateQueries(trpc.book.pathFilter()) }),
  )
  const years = () => books.data?.map(({ addedAt }) => addedAt.slice(0, 4)) ?? []
  return (
    <>
      <ul data-years={years().join()}>
        <For each={books.data}>{({ name }) => <li>{name}</li>}</For>
      </ul>
      <button onClick={() => add.mutate('Middlemarch')}>Add</button>
    </>
  )
}

render(() => <QueryClientProvider client={queryClient}><Shelf /></QueryClientProvider>, document.getElementById('app')!)
`,
}

beforeAll(() => {
  tarball = packPackage('trpc-solid-query', directory)
  mkdirSync(path.join(directory, 'src'))
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(directory, name), text)
  npmInstall(
    directory,
    tarball,
    ...['solid-js@1', '@tanstack/solid-query@5', '@trpc/client@11', '@trpc/server@11'],
    ...['vite@8', 'vite-plugin-solid@2', 'typescript@5'],
  )
}, 300_000)

test('publint and “are the types wrong?” find nothing', () => {
  expect(packageFaults(tarball)).toEqual([])
})

test('an empty Vite and Solid project with a router of its own type-checks, and a wrong call does not', () => {
  expect(typeFaults(directory)).toBe('')
  writeFileSync(
    path.join(directory, 'src/wrong.ts'),
    `import { trpc } from './main.tsx'\ntrpc.book.lost.queryOptions()\n`,
  )
  writeFileSync(path.join(directory, 'src/main.tsx'), files['src/main.tsx'].replace('const trpc', 'export const trpc'))
  expect(typeFaults(directory)).toMatch(/wrong\.ts\(2,11\): error TS2339: Property 'lost' does not exist/)
  rmSync(path.join(directory, 'src/wrong.ts'))
})

test('built by Vite it shows in a browser what its router says, and what was changed', async () => {
  const vite = path.join(directory, 'node_modules/vite/bin/vite.js')
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'error'], { cwd: directory })
  const { appRouter } = await import(path.join(directory, 'src/router.ts'))
  const trpc = createHTTPHandler({ router: appRouter, basePath: '/trpc/' })
  const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname.startsWith('/trpc/')) return void trpc(request, response)
    const file = pathname === '/' ? 'index.html' : pathname.slice(1)
    response.setHeader('content-type', types[path.extname(file)] ?? 'text/plain')
    response.end(readFileSync(path.join(directory, 'dist', file)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    const { port } = server.address() as AddressInfo // it listens on TCP
    await page.goto(`http://127.0.0.1:${port}/`)
    await expect.poll(() => page.locator('li').allTextContents()).toEqual(['Dune', 'Emma', 'Ulysses'])
    expect(await page.locator('ul').getAttribute('data-years')).toBe('1970,1970,1970')
    await page.getByRole('button', { name: 'Add' }).click()
    await expect.poll(() => page.locator('li').allTextContents()).toContain('Middlemarch')
  } finally {
    await browser.close()
    server.closeAllConnections()
    server.close()
  }
}, 60_000)
