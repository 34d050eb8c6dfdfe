import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { serialize } from 'hono/utils/cookie'
import { LRUCache } from 'lru-cache'
import type { AppContext } from './appTypes.ts'

/** Reads and writes the session's cookie; except on loopback, it is `Secure` and bound to the host. */
export class SessionCookie {
  readonly #secure: boolean
  readonly #name: string
  /** A browser sends the same header with every request, so parsing it each time adds up. */
  readonly #parsed = new LRUCache<string, { token: string | undefined }>({ max: 10_000 })

  constructor(publicUrl: string) {
    this.#secure = publicUrl.startsWith('https:')
    // https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie#cookie_prefixes
    this.#name = this.#secure ? '__Host-worldloom_session' : 'worldloom_session'
  }

  read(c: AppContext): string | undefined {
    const header = c.req.header('cookie')
    if (header === undefined) return undefined
    if (!this.#parsed.has(header)) this.#parsed.set(header, { token: getCookie(c, this.#name) })
    return this.#parsed.get(header)?.token
  }

  write(c: AppContext, token: string, expires: Date): void {
    setCookie(c, this.#name, token, { ...this.#attributes(), expires })
  }

  /** The same for handlers that create their own response, which Hono's headers do not reach. */
  writeRaw(c: AppContext, token: string, expires: Date): void {
    const line = serialize(this.#name, token, { ...this.#attributes(), expires })
    c.env.outgoing.appendHeader('set-cookie', line)
  }

  clear(c: AppContext): void {
    deleteCookie(c, this.#name, this.#attributes())
  }

  #attributes() {
    return { path: '/', httpOnly: true, sameSite: 'Lax', secure: this.#secure } as const
  }
}
