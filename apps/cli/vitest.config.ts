import { defineTests } from '../../vitest.shared.ts'

// A test starts up to ten processes one after the other, beside whatever else the machine does.
export default defineTests('cli', { test: { testTimeout: 300_000, hookTimeout: 300_000 } })
