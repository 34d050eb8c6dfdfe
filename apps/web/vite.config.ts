import tailwindcss from '@tailwindcss/vite'
import { defineConfig, type Plugin } from 'vite'
import { compression, defineAlgorithm } from 'vite-plugin-compression2'
import solid from 'vite-plugin-solid'
import { pagePaths } from './src/pagePaths.ts'
import { kindsModule, spelledOut } from './vite/kinds.ts'

const port = Number(process.env.PORT || 3000)
/** Where `pnpm dev` has the server: see apps/server/src/dev.ts. */
const server = `http://127.0.0.1:${port + 2}`

/** Tells the server which paths are pages, so that others are answered with 404. */
function pagesFile(): Plugin {
  return {
    name: 'pages-file',
    apply: 'build',
    generateBundle() {
      this.emitFile({
        type: 'asset',
        fileName: 'pages.json',
        source: JSON.stringify(spelledOut(Object.values(pagePaths))),
      })
    },
  }
}

export default defineConfig({
  plugins: [
    solid(),
    tailwindcss(),
    kindsModule(),
    pagesFile(),
    compression({
      include: /\.(?:js|css|html|svg)$/,
      threshold: 1024,
      algorithms: [defineAlgorithm('gzip', { level: 9 }), 'brotliCompress'],
    }),
  ],
  // The manifest says which chunk imports which: e2e/test/bundle.test.ts weighs each page by it.
  build: { target: 'es2022', assetsInlineLimit: 0, manifest: true },
  server: {
    port,
    strictPort: true,
    proxy: Object.fromEntries(
      ['/trpc', '/auth', '/api', '/docs', '/token', '/.well-known'].map((path) => [
        path,
        { target: server, changeOrigin: false },
      ]),
    ),
  },
})
