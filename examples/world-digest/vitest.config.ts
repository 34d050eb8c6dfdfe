import { defineTests } from '../../vitest.shared.ts'

export default defineTests('world-digest', { database: true })
