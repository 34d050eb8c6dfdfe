import { defineTests } from '../../vitest.shared.ts'

// A test starts up to ten processes one after the other.
export default defineTests('cli', { test: { testTimeout: 120_000, hookTimeout: 120_000 } })
