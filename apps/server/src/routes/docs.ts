import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import { openApiDocument } from '@worldloom/api'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import type { AppEnvironment } from '../appTypes.ts'

/** `GET /api/v1/openapi.json`: the REST API for programs. Generated at first use. */
export function documentRoutes(publicUrl: string): Hono<AppEnvironment> {
  let document: string | undefined
  return new Hono<AppEnvironment>().get('/openapi.json', (c) => {
    document ??= JSON.stringify(openApiDocument(publicUrl))
    return c.body(document, 200, { 'content-type': 'application/json', 'cache-control': 'no-cache' })
  })
}

// The single-file build, which would otherwise come from a CDN.
const referenceFile = fileURLToPath(new URL('browser/standalone.js', import.meta.resolve('@scalar/api-reference')))

/** Scalar adds inline styles. Scripts still come only from us. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const settings = {
  url: '/api/v1/openapi.json',
  withDefaultFonts: false,
  hideClientButton: true,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: 'never',
}

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API · Worldloom</title>
<link rel="icon" href="/favicon.svg">
</head>
<body>
<script id="api-reference" data-configuration="${JSON.stringify(settings).replaceAll('"', '&quot;')}"></script>
<script src="/docs/reference.js"></script>
</body>
</html>
`

/** `GET /docs`: the REST API, for reading and trying out. */
export function docsRoutes(): Hono<AppEnvironment> {
  return new Hono<AppEnvironment>()
    .get('/', (c) =>
      c.html(page, 200, { 'content-security-policy': contentSecurityPolicy, 'cache-control': 'no-cache' }),
    )
    .get(
      '/reference.js',
      compress(),
      serveStatic<AppEnvironment>({
        root: path.dirname(referenceFile),
        rewriteRequestPath: () => `/${path.basename(referenceFile)}`,
        onFound: (_file, c) => c.header('cache-control', 'public, max-age=86400'),
      }),
    )
}
