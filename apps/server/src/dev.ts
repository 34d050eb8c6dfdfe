import { runWorldloom } from './run.ts'

/** In development Vite has the port that people open, and proxies everything but pages to this one. */
await runWorldloom((config) => ({ ...config, PORT: config.PORT + 2, WORKERS: 1 }))
