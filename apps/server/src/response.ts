import { type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from 'node:http'

/** @param styleHashes of inline styles, as `'sha256-…'` */
export function contentSecurityPolicy(styleHashes: readonly string[] = []): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    ["style-src 'self'", ...styleHashes].join(' '),
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** @see https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html */
export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'content-security-policy': contentSecurityPolicy(),
}

/**
 * A response with the security headers and the request's id. They are added when the headers are written: setting them
 * one by one would cost a hot read several per cent.
 */
export abstract class WorldloomResponse extends ServerResponse {
  requestId: string | undefined
  protected abstract readonly always: OutgoingHttpHeaders

  // Node's overloads: with and without a status message.
  override writeHead(status: number, first?: unknown, second?: unknown): this {
    const given = (typeof first === 'string' ? second : first) as OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined // see the overloads
    if (Array.isArray(given)) return super.writeHead(status, given)
    return super.writeHead(status, { ...this.always, 'x-request-id': this.requestId ?? '', ...given })
  }
}
