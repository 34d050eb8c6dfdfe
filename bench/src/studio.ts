/// <reference lib="dom" />
/**
 * How the studio feels: typing in a text of 100,000 words, moving a graph of 2,000 entries, scrolling a table of 100,000, and going
 * from page to page. `BENCH_ONLY=table` and `BENCH_ONLY=pages` do the last two alone. Uses the end-to-end tests'
 * Chromium, or CHROMIUM_PATH.
 */
import { createWorldloomClient } from '@worldloom/client'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { openPage, webDirectory } from './browser.ts'
import { addUser, openBenchDatabase, publicUrl } from './database.ts'
import { startProcess } from './process.ts'
import { credentialsOf } from './seed.ts'

const keys = Number(process.env.BENCH_KEYS || 300)
const words = 100_000
const only = process.env.BENCH_ONLY
const entries = only ? 0 : 2000
const rows = 100_000

const { db, environment, close } = await openBenchDatabase()
const userId = await addUser(db, 'Author One')
const { session: headers } = await credentialsOf(db, userId, publicUrl)
const server = await startProcess('server.ts', { ...environment, BENCH_WEB_DIRECTORY: webDirectory })
const client = createWorldloomClient({ url: `http://localhost:${server.port}`, headers })
const world = await client.world.create.mutate({ name: 'Coast' })

const sentence = 'The keeper counts the steps each night and gets **a hundred** and eleven. '
const paragraph = `${sentence.repeat(7).trim()}\n\n`
const perParagraph = paragraph.split(/\s+/).filter(Boolean).length
const body = paragraph.repeat(Math.ceil(words / perParagraph))
const long = await client.persona.create.mutate({ worldId: world.id, name: 'Long', body })

const made: string[] = []
for (let index = 0; index < entries; index++) {
  // Each mentions two of those before it.
  const others = [made[Math.floor(index / 3)], made[(index * 7) % Math.max(1, index)]].filter((id) => id !== undefined)
  const { id } = await client.thing.create.mutate({
    worldId: world.id,
    name: `Thing ${index}`,
    body: others.map((other) => `[@it](entry:${other})`).join(' '),
  })
  made.push(id)
}

const { browser, page } = await openPage(headers, { viewport: { width: 1280, height: 900 } })
const address = `http://localhost:${server.port}/worlds/${world.id}`

const at = (sorted: readonly number[], share: number) =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(1)
const told = (times: readonly number[]) => {
  const sorted = times.toSorted((one, other) => one - other)
  return `median ${at(sorted, 0.5)} ms, 95 % within ${at(sorted, 0.95)} ms, longest ${at(sorted, 1)} ms`
}

async function typeInLongText(): Promise<number[]> {
  await page.goto(`${address}/personas/${long.id}`)
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  const text = page.getByRole('textbox', { name: 'Body' })
  await text.waitFor()
  await page.waitForTimeout(3000)
  await text.press('Control+Home')
  for (let index = 0; index < 40; index++) await page.keyboard.press('PageDown')
  await page.waitForTimeout(1000)
  // What the key itself takes until its task is done, and what the frame after it takes until it is painted; not the wait in between.
  await page.evaluate(() => {
    const times: number[] = []
    Object.assign(window, { times })
    /** Once the present task is done. */
    const next = (run: () => void) => {
      const channel = new MessageChannel()
      channel.port1.onmessage = run
      channel.port2.postMessage(undefined)
    }
    document.addEventListener(
      'keydown',
      () => {
        const began = performance.now()
        let handledAt = 0
        document.addEventListener(
          'input',
          () =>
            next(() => {
              handledAt = performance.now()
            }),
          { once: true, capture: true },
        )
        requestAnimationFrame(() => {
          const frameBegan = performance.now()
          next(() => {
            const painted = performance.now()
            // Told after the frame has begun, it was handled before that.
            next(() =>
              times.push((handledAt ? Math.min(handledAt, frameBegan) : frameBegan) - began + painted - frameBegan),
            )
          })
        })
      },
      { capture: true },
    )
  })
  for (let index = 0; index < keys; index++) {
    await page.keyboard.press('etaoin shrdlu'[index % 13] ?? 'e')
    await page.waitForTimeout(60)
  }
  return await page.evaluate(() => (window as unknown as { times: number[] }).times)
}

/** The times between frames while the picture settles, and while it is moved. */
async function framesOf(target: Page, act: () => Promise<void>): Promise<number[]> {
  await target.evaluate(() => {
    const frames: number[] = []
    Object.assign(window, { frames, stop: false })
    let last = performance.now()
    const next = (now: number) => {
      frames.push(now - last)
      last = now
      if (!(window as unknown as { stop: boolean }).stop) requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
  })
  await act()
  return await target.evaluate(() => {
    Object.assign(window, { stop: true })
    return (window as unknown as { frames: number[] }).frames.slice(2)
  })
}

/** A list of many, in a world of its own: scrolled by the wheel, and to places that nobody has looked at. */
async function scrollTable(): Promise<void> {
  const { id } = await client.world.create.mutate({ name: 'Crowd' })
  await sql`
    with made as (
      insert into entities (world_id, kind, name, display_name, description, owner_id)
      select ${id}, 'persona', 'Person ' || number, 'Person ' || number, 'One of very many.', ${userId}
      from generate_series(1, ${rows}::int) as number returning id, world_id
    )
    insert into personas (id, world_id, epithet, pronouns)
    select id, world_id, 'the ' || left(md5(id::text), 6), (array['she/her', 'he/him', 'they/them'])[1 + random() * 2]
    from made`.execute(db)
  await sql`analyze`.execute(db)
  const table = (sort: string, offset: number) => client.persona.table.query({ worldId: id, sort, offset, limit: 100 })
  for (const [sort, offset] of [
    ['name', 0],
    ['name', rows / 2],
    ['name', rows - 100],
    ['epithet', rows / 2],
  ] as const) {
    const times: number[] = []
    for (let round = 0; round < 8; round++) {
      const began = performance.now()
      await table(sort, offset)
      times.push(performance.now() - began)
    }
    console.log(`100 rows of ${rows.toLocaleString('en')} by ${sort}, from ${offset}: ${told(times)}`)
  }
  await page.goto(`http://localhost:${server.port}/worlds/${id}/personas?layout=table&sort=name`)
  await page.getByRole('link', { name: 'Person 1', exact: true }).waitFor()
  const region = page.getByRole('region', { name: 'Table of personas' })
  const at = await region.boundingBox()
  if (!at) throw new Error('there is no table')
  await page.mouse.move(at.x + 300, at.y + 200)
  const wheeled = await framesOf(page, async () => {
    for (let step = 0; step < 120; step++) {
      await page.mouse.wheel(0, 400)
      await page.waitForTimeout(16)
    }
  })
  console.log(`A table of ${rows.toLocaleString('en')}, scrolled by the wheel, between frames: ${told(wheeled)}`)
  const jumping = await framesOf(page, async () => {
    for (let step = 1; step <= 20; step++) {
      await region.evaluate((element, share) => element.scrollTo(0, element.scrollHeight * share), step / 21)
      await page.waitForTimeout(150)
    }
  })
  console.log(`The same, to other places, between frames: ${told(jumping)}`)
}

/** From a click on a link to the painted page: the first time, when it and its data are still to be loaded, and again. */
async function goThroughPages(): Promise<void> {
  const { id } = await client.world.create.mutate({ name: 'A novel', template: 'novel' })
  const [persona] = (await client.persona.list.query({ worldId: id, sort: 'name', limit: 1 })).items
  if (!persona) throw new Error('the template has no personas')
  const pages = [
    ['Personas', 'Personas'],
    [persona.displayName, persona.displayName],
    ['Scenes', 'Scenes'],
    ['Timeline', 'Timeline'],
    ['Connections', 'Connections'],
    ['Continuity', 'Continuity'],
    ['Activity', 'Activity'],
    ['A novel', 'A novel'],
  ] as const
  const times: { first: number[]; again: number[] } = { first: [], again: [] }
  for (let visit = 0; visit < 4; visit++) {
    // A new document has nothing in memory.
    await page.goto(`http://localhost:${server.port}/worlds/${id}`)
    await page.getByRole('navigation').getByRole('link', { name: 'Activity' }).waitFor()
    await page.waitForLoadState('networkidle')
    for (const taken of [times.first, times.again]) {
      for (const [link, heading] of pages) {
        const arriving = await page.evaluateHandle((title) => {
          const arrived = new Promise<number>((resolve) => {
            let clicked: number | undefined
            document.addEventListener(
              'click',
              () => {
                clicked = performance.now()
              },
              { capture: true, once: true },
            )
            const look = () => {
              const heading = [...document.querySelectorAll('main h1')].find(
                (each) => each.textContent?.trim() === title,
              )
              if (clicked === undefined || !heading?.checkVisibility()) {
                requestAnimationFrame(look)
                return
              }
              const began = clicked
              // After the frame that it is in.
              requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)))
            }
            look()
          })
          return { arrived }
        }, heading)
        await page.getByRole('link', { name: link, exact: false }).and(page.locator(':visible')).first().click()
        taken.push(await arriving.evaluate(({ arrived }) => arrived))
        // What else the page loads is not measured.
        await page.waitForLoadState('networkidle')
      }
    }
  }
  console.log(`From a click to another page, the first time: ${told(times.first)}`)
  console.log(`The same, where it was read before: ${told(times.again)}`)
}

if (only === 'pages') await goThroughPages()
if (only === 'table') await scrollTable()
if (only) {
  await browser.close()
  server.stop()
  await close()
  process.exit()
}
console.log(`Typing ${keys} keys in a text of ${words.toLocaleString('en')} words: ${told(await typeInLongText())}`)
await page.keyboard.press('Control+a')
await page.goto(`${address}/graph?all=true`)
await page.locator('canvas').waitFor()
const settling = await framesOf(page, () => page.waitForTimeout(4000))
console.log(`A graph of ${entries.toLocaleString('en')} entries while it settles, between frames: ${told(settling)}`)
const box = await page.locator('canvas').boundingBox()
if (!box) throw new Error('there is no picture')
const moving = await framesOf(page, async () => {
  await page.mouse.move(box.x + 40, box.y + 40)
  await page.mouse.down()
  for (let step = 0; step < 60; step++) await page.mouse.move(box.x + 40 + 4 * step, box.y + 40 + 3 * step)
  await page.mouse.up()
})
console.log(`The same while it is moved: ${told(moving)}`)
await scrollTable()
await goThroughPages()
await browser.close()
server.stop()
await close()
