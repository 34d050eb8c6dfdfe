/** Owns the embedded server of a directory until it is killed. */
import { openEmbeddedServer } from '../src/embedded/index.ts'

const [, , dataDir = ''] = process.argv
await openEmbeddedServer({ dataDir, as: 'own' })
console.log('ready')
setInterval(() => undefined, 1000)
