/** As prom-client describes its metrics (`getMetricsAsJSON`). */
export interface PrometheusMetric {
  readonly name: string
  readonly help: string
  readonly type: string
  readonly values: readonly {
    readonly labels: Readonly<Record<string, string | number | undefined>>
    readonly value: number
    /** Of a histogram, which part of it this is. */
    readonly metricName?: string | undefined
  }[]
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
  sendMetrics(read: () => Promise<readonly PrometheusMetric[]>): () => void
  /** Sends what is left. */
  close(): Promise<void>
}
