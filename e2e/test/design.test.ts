import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { freePort } from '@worldloom/db/testing'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { launchBrowser } from '../src/browser.ts'
import { shellEnvironment } from '../src/shell.ts'
import { devices, Visitor } from '../src/visitor.ts'

const app = fileURLToPath(new URL('../../apps/web', import.meta.url))
const port = await freePort()
const url = `http://localhost:${port}`
// As in `pnpm dev`, without a server: the page shows no data.
const vite = spawn(process.execPath, ['node_modules/vite/bin/vite.js'], {
  cwd: app,
  env: { ...shellEnvironment(), PORT: String(port) },
  stdio: ['ignore', 'ignore', 'inherit'],
})
afterAll(() => {
  vite.kill()
})
const browser = await launchBrowser()
afterAll(() => browser.close())

test.each(devices)(
  'every component can be seen in every state, without faults: %s',
  { timeout: 300_000 },
  async (device) => {
    await expect
      .poll(
        () =>
          fetch(url).then(
            ({ ok }) => ok,
            () => false,
          ),
        { timeout: 60_000 },
      )
      .toBe(true)
    const visitor = await Visitor.arrive(browser, url, `${device}-light`)
    onTestFinished(() => visitor.leave())
    const { page } = visitor
    await page.goto('/design')
    await page.getByRole('heading', { level: 1, name: 'Design' }).waitFor({ timeout: 90_000 })
    expect(await visitor.faultsByScheme('design')).toEqual({ light: [], dark: [] })
    await page.getByRole('button', { name: 'One with an action' }).click()
    await page.getByRole('button', { name: 'One with an action' }).click()
    // They stack, each with its own action.
    await expect.poll(() => page.getByRole('button', { name: 'Undo' }).count()).toBe(2)
    expect(await visitor.faultsByScheme('design-toasts')).toEqual({ light: [], dark: [] })
    for (const name of ['A dialog', 'A question', 'A secret']) {
      await page.getByRole('button', { name }).click()
      await page.getByRole('dialog').or(page.getByRole('alertdialog')).waitFor()
      expect(await visitor.faultsByScheme(`design-${name}`)).toEqual({ light: [], dark: [] })
      await page.keyboard.press('Escape')
      if (name === 'A secret') await page.getByRole('button', { name: 'I have saved it' }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
  },
)
