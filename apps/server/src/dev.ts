import { runWorldloom } from './run.ts'

/** In development Vite has the port that people open, and passes what is not a page on to this one. */
await runWorldloom((config) => ({ ...config, PORT: config.PORT + 2 }))
