/** A figure that is read when it is asked for. */
export interface Observed {
  readonly name: string
  readonly help: string
  /** Whether it only grows. */
  readonly isCounter?: boolean
  read(): Promise<readonly Reading[]> | readonly Reading[]
}

export interface Reading {
  readonly value: number
  readonly labels?: Readonly<Record<string, string>>
}

export interface TelemetryOptions {
  /** Where the collector is, such as `http://localhost:4318`. */
  readonly endpoint: string
  /** What to send with each export, such as a token. */
  readonly headers: Readonly<Record<string, string>>
  readonly serviceName: string
  readonly version: string
  /** The part of traces that is kept, from 0 to 1. */
  readonly ratio: number
  readonly onError: (error: unknown) => void
}

export interface Telemetry {
  /** Sends what is read every minute (OTEL_METRIC_EXPORT_INTERVAL). @returns ends it */
  observe(observed: readonly Observed[]): () => void
  /** Counts how long requests take. */
  recordRequest(
    seconds: number,
    attributes: { readonly method: string; readonly route: string; readonly status: number },
  ): void
  /** Sends what is left. */
  close(): Promise<void>
}
