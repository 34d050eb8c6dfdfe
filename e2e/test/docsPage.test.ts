import { expect, test } from 'vitest'
import { launchBrowser } from '../src/browser.ts'
import { Visitor } from '../src/visitor.ts'
import { startTestWorldloom } from '../src/worldloom.ts'

test('the API is documented at /docs, by scripts from here alone', async () => {
  const worldloom = await startTestWorldloom()
  const browser = await launchBrowser()
  const visitor = await Visitor.arrive(browser, worldloom.url)
  const elsewhere: string[] = []
  visitor.page.on('request', (request) => {
    if (!request.url().startsWith(worldloom.url) && !/^(data|blob):/.test(request.url())) elsewhere.push(request.url())
  })
  await visitor.page.goto('/docs')
  await visitor.page.getByRole('heading', { name: 'Worldloom', level: 1 }).waitFor()
  await visitor.page.getByText('Reads an act').first().waitFor()
  expect(elsewhere).toEqual([])
  await visitor.keep('docs')
  await visitor.leave()
  await browser.close()
  await worldloom.close()
})
