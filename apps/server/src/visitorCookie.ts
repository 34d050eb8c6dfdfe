import { getCookie, setCookie } from 'hono/cookie'
import type { AppContext } from './appTypes.ts'

/** A browser may keep a cookie no longer: https://www.rfc-editor.org/rfc/rfc6265#section-5.5 */
const lifetime = 400 * 86_400

/** The cookie of a browser that has opened share links. What they show is looked up each time. */
export class VisitorCookie {
  readonly #secure: boolean
  readonly #name: string

  constructor(publicUrl: string) {
    this.#secure = publicUrl.startsWith('https:')
    this.#name = this.#secure ? '__Host-worldloom_visitor' : 'worldloom_visitor'
  }

  read(c: AppContext): string | undefined {
    return getCookie(c, this.#name)
  }

  write(c: AppContext, secret: string): void {
    setCookie(c, this.#name, secret, {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure: this.#secure,
      maxAge: lifetime,
    })
  }
}
