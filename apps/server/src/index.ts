export { type AppDependencies, createApp } from './app.ts'
export { createLogger, type Logger } from './logger.ts'
export { type RunningWorldloom, type StartOptions, startWorldloom } from './start.ts'
