import { runBackgroundWorker } from './run.ts'

await runBackgroundWorker()
