import path from 'node:path'
import { buildPackage } from '../../../scripts/buildPackage.ts'

// With the API's contract instead of its types, so that it contains nothing of the server.
await buildPackage({
  directory: path.join(import.meta.dirname, '..'),
  entries: ['index', 'verify', 'solid', 'react'],
  declarations: [
    {
      from: 'packages/client/dist/types/src',
      replace: {
        "'@worldloom/api/contract'": "'./contract/index.js'",
        "'@worldloom/schema'": "'./contract/errorReason.js'",
        '@worldloom/trpc-solid-query': './trpc-solid-query/index.js',
      },
    },
    { from: 'packages/trpc-solid-query/dist/types/src', to: 'trpc-solid-query' },
    { from: 'packages/api/dist/contract', to: 'contract' },
  ],
})
