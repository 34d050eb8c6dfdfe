import { defineTests } from '../../vitest.shared.ts'

export default defineTests('api', { database: true })
