import { writeFileSync } from 'node:fs'
import { accessDocument } from '../src/index.ts'

writeFileSync(new URL('../../../docs/access.md', import.meta.url), accessDocument())
