import type { AppResource } from '@worldloom/schema'

/** What a resource is called in requests and metadata (RFC 8707, RFC 9728). */
export function resourceUrl(publicUrl: string, resource: AppResource): string {
  return resource === 'mcp' ? `${publicUrl}/mcp` : publicUrl
}

/** @returns undefined if there is no such resource here */
export function resourceOf(publicUrl: string, indicator: string): AppResource | undefined {
  const url = indicator.replace(/\/$/, '')
  if (url === publicUrl) return 'api'
  return url === resourceUrl(publicUrl, 'mcp') ? 'mcp' : undefined
}
