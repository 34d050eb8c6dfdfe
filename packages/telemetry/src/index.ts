export { startTelemetry } from './start.ts'
export type { PrometheusMetric, Telemetry, TelemetryOptions } from './telemetry.ts'
export {
  type Attributes,
  fail,
  inRequestSpan,
  inSpan,
  isRecording,
  isTracing,
  type Span,
  traceHeaders,
  traceIds,
} from './tracing.ts'
