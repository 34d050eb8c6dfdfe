import { expect, test } from 'vitest'
import { openWorldloom } from '../src/worldloom.ts'

const { worldloom, arrive } = await openWorldloom()

test('the API is documented at /docs, by scripts from here alone', async () => {
  const visitor = await arrive()
  const elsewhere: string[] = []
  visitor.page.on('request', (request) => {
    if (!request.url().startsWith(worldloom.url) && !/^(data|blob):/.test(request.url())) elsewhere.push(request.url())
  })
  await visitor.page.goto('/docs')
  await visitor.page.getByRole('heading', { name: 'Worldloom', level: 1 }).waitFor()
  await visitor.page.getByText('Get an act').first().waitFor()
  expect(elsewhere).toEqual([])
  await visitor.keep('docs')
})
