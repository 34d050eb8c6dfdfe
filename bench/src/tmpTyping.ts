/// <reference lib="dom" />
import { writeFileSync } from 'node:fs'
import { createWorldloomClient } from '@worldloom/client'
import { openPage, webDirectory } from './browser.ts'
import { addUser, openBenchDatabase, publicUrl } from './database.ts'
import { startProcess } from './process.ts'
import { credentialsOf } from './seed.ts'

const { db, environment, close } = await openBenchDatabase()
const userId = await addUser(db, 'Author One')
const { session: headers } = await credentialsOf(db, userId, publicUrl)
const server = await startProcess('server.ts', { ...environment, BENCH_WEB_DIRECTORY: webDirectory })
const client = createWorldloomClient({ url: `http://localhost:${server.port}`, headers })
const world = await client.world.create.mutate({ name: 'Coast' })
const sentence = 'The keeper counts the steps each night and gets **a hundred** and eleven. '
const paragraph = `${sentence.repeat(7).trim()}\n\n`
const perParagraph = paragraph.split(/\s+/).filter(Boolean).length
const body = paragraph.repeat(Math.ceil(Number(process.env.WORDS || 100000) / perParagraph))
const long = await client.persona.create.mutate({ worldId: world.id, name: 'Long', body })
const { browser, page } = await openPage(headers, { viewport: { width: 1280, height: 900 } })
await page.goto(`http://localhost:${server.port}/worlds/${world.id}/personas/${long.id}`)
await page.getByRole('button', { name: 'Edit', exact: true }).click()
const text = page.getByRole('textbox', { name: 'Body' })
await text.waitFor()
await page.waitForTimeout(3000)
await text.press('Control+Home')
for (let index = 0; index < 40; index++) await page.keyboard.press('PageDown')
await page.waitForTimeout(1000)
await page.evaluate(() => {
  const times: number[][] = []
  Object.assign(window, { times })
  const after = (run: () => void) => {
    const channel = new MessageChannel()
    channel.port1.onmessage = run
    channel.port2.postMessage(undefined)
  }
  document.addEventListener(
    'keydown',
    () => {
      const began = performance.now()
      let handled = 0
      document.addEventListener(
        'input',
        () =>
          after(() => {
            handled = performance.now()
          }),
        { once: true, capture: true },
      )
      requestAnimationFrame(() => {
        const frame = performance.now()
        after(() => {
          const painted = performance.now()
          after(() =>
            times.push([
              (handled > 0 && handled < frame ? handled : frame) - began,
              painted - frame,
              (handled > 0 && handled < frame ? handled : frame) - began + painted - frame,
            ]),
          )
        })
      })
    },
    { capture: true },
  )
})
const cdp = await page.context().newCDPSession(page)
const trace = process.env.TRACE === '1'
if (process.env.PLAIN) {
} else if (trace) {
  await browser.startTracing?.(page, {
    path: '/tmp/typing-trace.json',
    categories: ['devtools.timeline', 'v8.execute', 'disabled-by-default-devtools.timeline', 'blink', 'cc'],
  })
} else {
  await cdp.send('Profiler.enable')
  await cdp.send('Profiler.setSamplingInterval', { interval: 200 })
  await cdp.send('Profiler.start')
}
for (let index = 0; index < 150; index++) {
  await page.keyboard.press('etaoin shrdlu'[index % 13] ?? 'e')
  await page.waitForTimeout(60)
}
if (process.env.PLAIN) {
} else if (trace) await browser.stopTracing?.()
else {
  const { profile } = await cdp.send('Profiler.stop')
  writeFileSync('/tmp/typing.cpuprofile', JSON.stringify(profile))
  const self = new Map<string, number>()
  const byId = new Map(profile.nodes.map((n) => [n.id, n]))
  const deltas = profile.timeDeltas ?? []
  ;(profile.samples ?? []).forEach((id, i) => {
    const n = byId.get(id)
    if (!n) return
    const key = `${n.callFrame.functionName || '(anon)'} ${n.callFrame.url.split('/').pop()}:${n.callFrame.lineNumber}:${n.callFrame.columnNumber}`
    self.set(key, (self.get(key) ?? 0) + (deltas[i] ?? 0) / 1000)
  })
  for (const [k, v] of [...self].sort((a, b) => b[1] - a[1]).slice(0, 25)) console.log(v.toFixed(0), k)
}
const times = await page.evaluate(() => (window as unknown as { times: number[][] }).times)
const col = (i: number) => times.map((t) => t[i] ?? 0).sort((a, b) => a - b)
for (const i of [0, 1, 2]) {
  const c = col(i)
  console.log(['handled', 'frame', 'all'][i], c[Math.floor(c.length / 2)], c[Math.floor(c.length * 0.95)])
}
await browser.close()
server.stop()
await close()
process.exit()
