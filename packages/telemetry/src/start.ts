import type { Telemetry, TelemetryOptions } from './telemetry.ts'

/** Starts OpenTelemetry, which is not even loaded before. */
export async function startTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  const { startSdk } = await import('./sdk.ts')
  return startSdk(options)
}
