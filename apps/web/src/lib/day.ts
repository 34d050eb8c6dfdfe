/** Whether something from a URL is a day. */
export function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
}

/** The time from the beginning of one day to the end of another, in the browser's time zone. */
export function daysToTimes({ from, to }: { from?: string | undefined; to?: string | undefined }) {
  return {
    ...(from && { from: new Date(`${from}T00:00`).toISOString() }),
    ...(to && { to: new Date(new Date(`${to}T00:00`).getTime() + 86_400_000).toISOString() }),
  }
}
