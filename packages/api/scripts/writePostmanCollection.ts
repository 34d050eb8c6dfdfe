import { writeFileSync } from 'node:fs'
import { postmanCollection } from '../src/index.ts'

writeFileSync(
  new URL('../../../docs/worldloom.postman_collection.json', import.meta.url),
  `${JSON.stringify(postmanCollection(), null, 2)}\n`,
)
