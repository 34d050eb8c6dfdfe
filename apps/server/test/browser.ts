import { createWorldloomClient, type WorldloomClient } from '@worldloom/client'

/** The part of a browser that signing in needs: cookies, and redirects followed one at a time. */
export class Browser {
  readonly url: string
  /** A client whose calls carry this browser's cookies. */
  readonly client: WorldloomClient
  readonly #cookies = new Map<string, string>()

  constructor(url: string) {
    this.url = url
    this.client = createWorldloomClient({ url, fetch: (input, init) => this.#fetch(input, init) })
  }

  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value)
  }

  /** Opens a page of Worldloom, or any URL. Redirects are not followed. */
  async open(target: string, init: RequestInit = {}): Promise<Response> {
    return await this.#fetch(new URL(target, this.url), init)
  }

  /** Goes to the local identity provider, picks a person there, and stops before opening the callback. */
  async approve(subject: string, redirect = '/worlds'): Promise<string> {
    let response = await this.open(`/auth/local/login?${new URLSearchParams({ redirect })}`)
    for (let step = 0; step < 8; step++) {
      const location = response.headers.get('location')
      if (!location) break
      const next = new URL(location, response.url)
      if (next.pathname.startsWith('/auth/local/callback')) return next.href
      response = next.pathname.startsWith('/interaction/')
        ? await this.open(`${next.href}/${subject}`, { method: 'POST' })
        : await this.open(next.href)
    }
    throw new Error(`the sign-in stopped at ${response.url} with ${response.status}`)
  }

  async signIn(subject: string, redirect?: string): Promise<Response> {
    return await this.open(await this.approve(subject, redirect))
  }

  async #fetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('cookie', [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await fetch(input, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    return response
  }
}
