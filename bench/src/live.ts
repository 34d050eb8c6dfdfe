/// <reference lib="dom" />
/**
 * How long a change takes from one browser's server to another browser's screen: two server processes on one database.
 * Uses the end-to-end tests' Chromium, or CHROMIUM_PATH.
 */
import { createWorldloomClient } from '@worldloom/client'
import { openPage, webDirectory } from './browser.ts'
import { addUser, openBenchDatabase, publicUrl } from './database.ts'
import { median } from './load.ts'
import { startProcess } from './process.ts'
import { credentialsOf } from './seed.ts'

const times = Number(process.env.BENCH_TIMES || 50)

const { db, environment, close } = await openBenchDatabase()
const userId = await addUser(db, 'Author One')
const { session: headers } = await credentialsOf(db, userId, publicUrl)
const settings = { ...environment, BENCH_WEB_DIRECTORY: webDirectory }
const [here, there] = [await startProcess('server.ts', settings), await startProcess('server.ts', settings)]
const client = createWorldloomClient({ url: `http://localhost:${here.port}`, headers })
const world = await client.world.create.mutate({ name: 'Coast' })
const { id } = await client.persona.create.mutate({ worldId: world.id, name: 'Wren' })

const { browser, page } = await openPage(headers)
const streaming = page.waitForRequest(/world\.changes/)
await page.goto(`http://localhost:${there.port}/worlds/${world.id}/personas/${id}`)
await streaming
await page.waitForTimeout(1000)

const taken: number[] = []
let version = 1
for (let index = 0; index < times; index++) {
  const description = `Seen ${index} times.`
  // Watched within the page: both processes have the same clock.
  const seen = page.evaluate(
    (text) =>
      new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          if (!document.body.textContent.includes(text)) return
          observer.disconnect()
          requestAnimationFrame(() => resolve(Date.now()))
        })
        observer.observe(document.body, { subtree: true, childList: true, characterData: true })
      }),
    description,
  )
  await page.waitForTimeout(50)
  const began = Date.now()
  ;({ version } = await client.persona.update.mutate({ id, version, description }))
  taken.push((await seen) - began)
  await page.waitForTimeout(400)
}
const sorted = taken.toSorted((one, other) => one - other)
console.log(
  `From the request at one server to the screen at another, ${times} times: median ${median(taken)} ms, 90 % within ${sorted[Math.floor(times * 0.9)]} ms, longest ${sorted.at(-1)} ms`,
)
await browser.close()
for (const each of [here, there]) each.stop()
await close()
