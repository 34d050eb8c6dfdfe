import './compileCache.ts'

const { runBackgroundWorker } = await import('./run.ts')
await runBackgroundWorker()
