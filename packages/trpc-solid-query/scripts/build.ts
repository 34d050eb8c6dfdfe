import path from 'node:path'
import { buildPackage } from '../../../scripts/buildPackage.ts'

await buildPackage({
  directory: path.join(import.meta.dirname, '..'),
  entries: ['index'],
  declarations: [{ from: 'packages/trpc-solid-query/dist/types/src' }],
})
