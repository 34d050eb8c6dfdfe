/** A tag of BCP 47 (https://www.rfc-editor.org/info/bcp47), for Intl. */
export const language: string = 'en'
export const justNow = 'just now'
export const loading = 'Loading…'
export const pageTitle = (title: string) => `${title} · Worldloom`
export const answeredStatus = (status: number) => `Worldloom answered ${status}.`
export const unreachable = 'Worldloom cannot be reached. Check the connection and try again.'
