import { runWorldloom } from './run.ts'

await runWorldloom()
