import type { Database } from '@worldloom/db'
import { afterEach, expect, test, vi } from 'vitest'
import { ApiKeyUsage } from '../src/apiKeys/usage.ts'

afterEach(() => vi.useRealTimers())

test('a budget begins anew with each month (UTC)', () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 30, 23, 59, 59) })
  // Nothing is written before the timer, which never comes.
  const usage = new ApiKeyUsage({} as Database)
  usage.watchMonth('key', 9)
  usage.count('key')
  expect(usage.usesThisMonth('key')).toBe(10)
  vi.setSystemTime(Date.UTC(2026, 11, 1))
  expect(usage.usesThisMonth('key')).toBe(0)
  usage.count('key')
  expect(usage.usesThisMonth('key')).toBe(1)
})
