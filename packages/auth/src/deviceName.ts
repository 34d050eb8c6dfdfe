import Bowser from 'bowser'

/** “Firefox on Linux”, from a browser's user agent; for a program, the name it gives itself. */
export function deviceName(userAgent: string | null): string {
  if (!userAgent) return 'Unknown'
  const { browser, os } = Bowser.parse(userAgent)
  if (browser.name && os.name) return `${browser.name} on ${os.name}`
  return browser.name || (userAgent.split(/[\s/]/, 1)[0] ?? 'Unknown')
}
