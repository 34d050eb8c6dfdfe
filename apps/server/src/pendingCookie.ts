import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { AppContext } from './appTypes.ts'

const name = 'worldloom_second_factor'

/** Says which browser has given the first factor and is to give the second. */
export class PendingCookie {
  readonly #secure: boolean

  constructor(publicUrl: string) {
    this.#secure = publicUrl.startsWith('https:')
  }

  read(c: AppContext): string | undefined {
    return getCookie(c, name)
  }

  write(c: AppContext, token: string): void {
    setCookie(c, name, token, { ...this.#attributes(), maxAge: 600 })
  }

  clear(c: AppContext): void {
    deleteCookie(c, name, this.#attributes())
  }

  #attributes() {
    return { path: '/auth', httpOnly: true, sameSite: 'Lax', secure: this.#secure } as const
  }
}
