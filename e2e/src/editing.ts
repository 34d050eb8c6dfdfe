import type { Locator, Page } from 'playwright-core'

/** Begins to write an entry in its page. @returns the page of the entry, with its fields */
export async function beginEditing(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await page.getByRole('button', { name: 'Done' }).waitFor()
  return page.getByRole('article')
}

/** Ends it, once everything is saved. */
export async function finishEditing(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: 'Done' }).waitFor({ state: 'detached' })
}

/** Writes into one field of an entry. */
export async function editField(page: Page, label: string, text: string): Promise<void> {
  const entry = await beginEditing(page)
  await entry.getByLabel(label, { exact: true }).fill(text)
  await finishEditing(page)
}

/** Lets nothing be saved from a page, as where there is no connection. @returns ends that */
export async function cutOff(page: Page): Promise<() => Promise<void>> {
  // Calls made at once share a request, in which it may be any of them.
  const saving = /\/trpc\/[^?]*\.update\b/i
  await page.route(saving, (route) => route.abort())
  return async () => await page.unroute(saving)
}
