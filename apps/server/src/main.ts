import './compileCache.ts'

const { runWorldloom } = await import('./run.ts')
await runWorldloom()
