import { readFileSync } from 'node:fs'
import { openEmbeddedServer } from './src/embedded/index.ts'
import { createDatabase } from './src/index.ts'
import { sql } from 'kysely'
const server = await openEmbeddedServer({ dataDir: '/tmp/worldloom-bench-V0wxav', as: 'own' })
const { writeFileSync } = await import('node:fs')
writeFileSync('/tmp/big.url', server.url)
const { db, close } = createDatabase(server.url, { statementTimeout: 1200, poolSize: 1 })
const text = readFileSync('/work/main/db/migrations/0014_search.sql', 'utf8')
if (process.argv[2] === 'index') for (const n of ['names', 'texts']) {
  await sql.raw(`drop index if exists search_documents_${n}_idx`).execute(db)
  const t = performance.now()
  await sql.raw(text.match(new RegExp(`create index search_documents_${n}_idx[^;]*;`))![0]).execute(db)
  console.log(n, (performance.now() - t) / 1000)
}
for (const match of text.matchAll(/create function (\w+)[\s\S]*?(?:\$\$;|\n {2}\);|\n {4}\)\);)\n/g)) {
  if (!/^search_(is_large|candidates|named|names_beginning|admits|visible)$/.test(match[1])) continue
  await sql.raw(match[0].replace('create function', 'create or replace function')).execute(db)
}
await sql`analyze search_documents`.execute(db)
await close()
console.log('ready')
setInterval(() => {}, 1000)
