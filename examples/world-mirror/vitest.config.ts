import { defineTests } from '../../vitest.shared.ts'

export default defineTests('world-mirror', { database: true })
