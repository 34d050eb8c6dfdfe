import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { devices } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { arrive } = await openWorldloom({ WEBHOOK_ALLOWED_HOSTS: 'localhost' })

const received: string[] = []
const receiver = createServer(async (request, response) => {
  let body = ''
  for await (const piece of request) body += piece
  received.push(JSON.parse(body).type)
  response.statusCode = request.url === '/down' ? 503 : 200
  response.end(request.url === '/down' ? 'Down for repairs' : 'thanks')
})
receiver.listen(0)
afterAll(() => receiver.close())

test.each(devices)('the owner adds a webhook, tries it out, sends again and deletes it: %s', async (look) => {
  const visitor = await arrive(look)
  const { page } = visitor
  await visitor.signIn('Mira')
  await page.getByRole('link', { name: 'The Iron Coast' }).first().click()
  if (visitor.device === 'phone') await page.getByRole('button', { name: 'Pages of' }).click()
  await page.getByRole('link', { name: 'Members' }).click()
  await page.getByRole('link', { name: 'Webhooks' }).click()
  await page.getByText('No address is told anything.').waitFor()
  await page.getByRole('button', { name: 'New webhook' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Address').fill('nowhere')
  await dialog.getByRole('button', { name: 'Add webhook' }).click()
  await dialog.getByText(/Must be an http\(s\) address/).waitFor()
  const { port } = receiver.address() as AddressInfo // it listens on TCP
  await dialog.getByLabel('Address').fill(`http://localhost:${port}/${look === 'phone' ? 'down' : 'hook'}`)
  await dialog.getByRole('radio', { name: 'Only changes of' }).check()
  await dialog.getByRole('checkbox', { name: 'Personas' }).check()
  await visitor.inspect('webhook-dialog')
  await dialog.getByRole('button', { name: 'Add webhook' }).click()
  await page.getByRole('dialog', { name: 'The webhook’s secret' }).waitFor()
  expect(await page.getByRole('textbox', { name: 'Secret' }).inputValue()).toMatch(/^whsec_/)
  await visitor.inspect('webhook-secret')
  await page.getByRole('button', { name: 'I have saved it' }).click()
  await page.getByRole('button', { name: /^Try it out/ }).click()
  await page.getByText('ping', { exact: true }).waitFor()
  await page.getByText('Message and response').click()
  await page.getByText(look === 'phone' ? 'Down for repairs' : 'thanks').waitFor()
  await visitor.inspect('webhooks')
  const before = received.length
  await page.getByRole('button', { name: 'Send again' }).click()
  await expect.poll(() => received.length).toBe(before + 1)
  await page.getByRole('button', { name: /^Switch off/ }).click()
  await page.getByText('Switched off.').waitFor()
  await page.getByRole('button', { name: /^Delete localhost/ }).click()
  await page.getByRole('dialog').or(page.getByRole('alertdialog')).getByRole('button', { name: 'Delete' }).click()
  await page.getByText('No address is told anything.').waitFor()
})
