import { defineConfig } from 'vitest/config'

export default defineConfig({ test: { name: 'images', testTimeout: 30_000 } })
